package introspect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	iscsiInitiator   = "/etc/iscsi/initiatorname.iscsi"
	iscsiSessions    = "/sys/class/iscsi_session"
	iscsiConnections = "/sys/class/iscsi_connection"
)

// iscsiDatabases are where open-iscsi keeps its records: below /etc on Debian, below /var/lib as its authors have it.
var iscsiDatabases = []string{"/etc/iscsi/nodes", "/var/lib/iscsi/nodes"}

// collectISCSI takes the initiator, the targets that it keeps, and the open sessions.
func collectISCSI(c *capture) {
	out := &c.out.Storage.ISCSI
	a := c.area("storage.iscsi", sourceFile)
	if data, ok := a.want(iscsiInitiator, c.etcWhole()); ok {
		out.InitiatorName = variableOf(data, "InitiatorName")
	}
	for _, database := range iscsiDatabases {
		for _, target := range a.directory(database) {
			out.Nodes = append(out.Nodes, targetNodes(a, database+"/"+target)...)
		}
	}
	slices.SortStableFunc(out.Nodes, func(a, b snapshot.ISCSINode) int {
		return cmp.Or(cmp.Compare(a.Target, b.Target), cmp.Compare(a.Portal, b.Portal), cmp.Compare(a.Source, b.Source))
	})
	a = c.area("storage.iscsi_sessions", sourceFile)
	if sysfs(a, iscsiSessions) {
		out.Sessions = openSessions(a)
	}
}

// targetNodes reads the records of a target: one file for each portal, or one for each interface in a directory of the portal.
func targetNodes(a *area, dir string) []snapshot.ISCSINode {
	c := a.capture
	var out []snapshot.ISCSINode
	read := func(file string) {
		if data, ok := a.may(file); ok {
			out = append(out, formats.ISCSINode(file, data))
		}
	}
	for _, portal := range a.directory(dir) {
		place := dir + "/" + portal
		info, err := c.host.Stat(place)
		switch {
		case err != nil:
			a.problem(place, err)
		case !info.IsDir():
			read(place)
		default:
			for _, name := range a.directory(place) {
				read(place + "/" + name)
			}
		}
	}
	return out
}

// openSessions reads the sessions from sysfs.
func openSessions(a *area) []snapshot.ISCSISession {
	c := a.capture
	sessions := a.directory(iscsiSessions)
	if len(sessions) == 0 {
		return nil
	}
	portals := map[string]string{} // number of the session → portal
	for _, connection := range a.directory(iscsiConnections) {
		dir := iscsiConnections + "/" + connection
		// connection<session>:<number>
		number, _, _ := strings.Cut(strings.TrimPrefix(connection, "connection"), ":")
		address := cmp.Or(c.line(dir+"/persistent_address"), c.line(dir+"/address"))
		portals[number] = formats.Portal(address, cmp.Or(c.line(dir+"/persistent_port"), c.line(dir+"/port")))
	}
	places := map[string]string{} // disk → its place in sysfs
	for _, d := range c.out.Storage.BlockDevices {
		if d.Kind == "disk" {
			places[d.Name], _ = c.host.Resolve(blockClass + "/" + d.Name)
		}
	}
	var out []snapshot.ISCSISession
	for _, session := range sessions {
		dir := iscsiSessions + "/" + session
		found := snapshot.ISCSISession{
			Target: c.line(dir + "/targetname"), State: c.line(dir + "/state"), Portal: portals[strings.TrimPrefix(session, "session")],
		}
		for name, place := range places {
			if strings.Contains(place, "/"+session+"/") {
				found.Devices = append(found.Devices, name)
			}
		}
		slices.Sort(found.Devices)
		out = append(out, found)
	}
	slices.SortStableFunc(out, func(a, b snapshot.ISCSISession) int {
		return cmp.Or(cmp.Compare(a.Target, b.Target), cmp.Compare(a.Portal, b.Portal))
	})
	return out
}
