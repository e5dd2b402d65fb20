package introspect

import (
	"cmp"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// cephOSDs has a directory for each OSD that ran here, named ceph-<id>.
const cephOSDs = "/var/lib/ceph/osd"

var (
	errCephSilent = errors.New("the cluster does not answer, or does not let this host in")
	errCephOSDs   = errors.New("not known as a whole, and the OSDs are among them")
	errCephNoMons = errors.New("names no monitor that could be asked")
)

// cephVolume matches the units that ceph-volume enables for an OSD: ceph-volume@lvm-3-<fsid>.service.
var cephVolume = regexp.MustCompile(`^ceph-volume@(?:lvm|simple)-([0-9]+)-.*\.service$`)

// collectCeph reads ceph.conf, finds the daemons and OSDs of this host, and asks the cluster how it is.
func collectCeph(c *capture) {
	a := c.area("storage.ceph", sourceFile)
	out := &c.out.Storage.Ceph
	const shared, local = pveDir + "/ceph.conf", "/etc/ceph/ceph.conf"
	file := shared
	if !c.exists(shared) && c.exists(local) {
		file = local
	}
	if data, ok := a.want(file, c.pveWhole()); ok {
		out.Config = formats.CephConf(file, data)
	}
	for _, p := range out.Config {
		if p.Key == "global.fsid" && p.Value != nil {
			out.FSID = *p.Value
		}
	}
	out.Daemons = cephDaemons(a)
	out.OSDs = cephVolumes(a)
	if volumes := c.areas["storage.volume_groups"]; len(out.Config) > 0 && volumes.Status != statusKnown {
		a.problem("logical volumes", errCephOSDs)
	}
	configured := a.Status
	a = c.area("storage.ceph_state", sourceCommand)
	switch {
	case len(out.Config) > 0:
		askCeph(a, file)
	case configured == statusUnknown:
		a.unknown(file, c.whyAbsent(file))
	}
}

// cephDaemons are the daemons of this host: the units that are enabled, and the directories that daemons keep or that
// are mounted for them.
func cephDaemons(a *area) []string {
	c := a.capture
	daemons := map[string]bool{}
	for _, m := range c.out.Storage.Mounts {
		if id, found := strings.CutPrefix(m.Target, cephOSDs+"/ceph-"); found && isNumber(id) {
			daemons["osd."+id] = true
		}
	}
	for _, unit := range c.out.Units {
		if osd := cephVolume.FindStringSubmatch(unit.Name); osd != nil && unit.FileState == "enabled" {
			daemons["osd."+osd[1]] = true
		}
	}
	for _, kind := range []string{"mon", "mgr", "mds", "osd"} {
		for _, name := range a.directory("/var/lib/ceph/" + kind) {
			if _, id, found := strings.Cut(name, "-"); found { // <cluster>-<id>
				daemons[kind+"."+id] = true
			}
		}
		for _, unit := range c.out.Units {
			id, found := strings.CutPrefix(unit.Name, "ceph-"+kind+"@")
			if found && id != ".service" && strings.HasPrefix(unit.FileState, "enabled") {
				daemons[kind+"."+strings.TrimSuffix(id, ".service")] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(daemons))
}

// cephVolumes are the OSDs of this host: those that the tags of logical volumes tell of, and those that have a directory
// with links to their devices.
func cephVolumes(a *area) []snapshot.CephOSD {
	c := a.capture
	osds := map[int]*snapshot.CephOSD{}
	at := func(id string) *snapshot.CephOSD {
		number, err := strconv.Atoi(id)
		if err != nil || number < 0 {
			return nil
		}
		if osds[number] == nil {
			osds[number] = &snapshot.CephOSD{ID: number}
		}
		return osds[number]
	}
	for _, group := range c.out.Storage.VolumeGroups {
		for _, volume := range group.LogicalVolumes {
			tags := lvmTags(volume)
			osd := at(tags["ceph.osd_id"])
			if osd == nil {
				continue
			}
			osd.FSID = cmp.Or(tags["ceph.osd_fsid"], osd.FSID)
			osd.Encrypted = osd.Encrypted || tags["ceph.encrypted"] == "1"
			osd.Devices = append(osd.Devices, cmp.Or(tags["ceph.type"], "block")+"="+volumePath(group.Name, volume.Name))
			// A partition beside the volume has no tags of its own.
			for _, kind := range []string{"db", "wal"} {
				if device := tags["ceph."+kind+"_device"]; device != "" {
					osd.Devices = append(osd.Devices, kind+"="+device)
				}
			}
		}
	}
	for _, name := range a.directory(cephOSDs) {
		_, id, _ := strings.Cut(name, "-")
		dir := cephOSDs + "/" + name
		links := osdLinks(c, dir)
		if len(links) == 0 && !c.exists(dir+"/fsid") {
			continue // where an OSD would be mounted
		}
		osd := at(id)
		if osd == nil {
			continue
		}
		osd.FSID = cmp.Or(osd.FSID, c.line(dir+"/fsid"))
		if len(osd.Devices) == 0 {
			osd.Devices = links
		}
	}
	var out []snapshot.CephOSD
	for _, number := range slices.Sorted(maps.Keys(osds)) {
		slices.Sort(osds[number].Devices)
		osds[number].Devices = slices.Compact(osds[number].Devices)
		out = append(out, *osds[number])
	}
	return out
}

// osdLinks are the devices that the directory of an OSD leads to.
func osdLinks(c *capture, dir string) []string {
	var out []string
	for _, link := range []struct{ name, kind string }{{"block", "block"}, {"block.db", "db"}, {"block.wal", "wal"}} {
		if target, err := c.host.Readlink(dir + "/" + link.name); err == nil {
			out = append(out, link.kind+"="+target)
		}
	}
	return out
}

// askCeph asks the cluster for its state. It is asked only where ceph.conf says whom to ask.
func askCeph(a *area, file string) {
	c := a.capture
	out := &c.out.Storage.Ceph
	if !hasMonitors(out.Config) {
		a.unknown(file, errCephNoMons)
		return
	}
	data, err := c.run("ceph status")
	if err != nil {
		a.unknown("ceph status", cephError(err))
		return
	}
	a.parsed("ceph status", formats.CephStatus(data, out))
	if data, err = c.run("ceph versions"); err != nil {
		a.problem("ceph versions", cephError(err))
		return
	}
	out.Versions, err = formats.CephVersions(data)
	a.parsed("ceph versions", err)
}

// cephError is why the cluster did not answer. What the client itself says begins with the time.
func cephError(err error) error {
	if errors.Is(err, errNoProgram) || errors.Is(err, errNoCommands) || errors.Is(err, errUnanswered) {
		return err
	}
	return errCephSilent
}

// hasMonitors says whether ceph.conf names the address of a monitor.
func hasMonitors(config []snapshot.Property) bool {
	return slices.ContainsFunc(config, func(p snapshot.Property) bool {
		section, key, _ := cutLast(p.Key, ".")
		return key == "mon_host" || strings.HasPrefix(section, "mon.") && (key == "mon_addr" || key == "public_addr" || key == "host")
	})
}
