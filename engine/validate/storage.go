package validate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// mount is a mounted file system.
type mount struct {
	Target string `json:"target"`
	// Type is compared where it is given.
	Type string `json:"type,omitempty"`
}

func (a mount) subject() string  { return a.Target }
func (a mount) check() error     { return named(a.Target) }
func (a mount) expected() string { return "mounted" + ofType(a.Type) }

func ofType(name string) string {
	if name == "" {
		return ""
	}
	return ", " + name
}

// kernelTypes are names of file systems in fstab, and what the kernel calls them.
var kernelTypes = map[string]string{"nfs": "nfs4", "smb3": "cifs", "glusterfs": "fuse.glusterfs", "ntfs": "ntfs3", "ceph": "ceph"}

func (a mount) look(s *seen) outcome {
	for _, m := range slices.Backward(s.now.Storage.Mounts) { // the last one lies over those before
		if m.Target != a.Target {
			continue
		}
		if m.Type == "autofs" {
			continue // systemd's place for it; what is mounted stands beside
		}
		same := slices.Contains([]string{"", "auto", m.Type, "fuse." + m.Type}, a.Type) || kernelTypes[a.Type] == m.Type || kernelTypes[m.Type] == a.Type
		return when(same, "mounted, "+m.Type)
	}
	if slices.ContainsFunc(s.now.Storage.Mounts, func(m snapshot.Mount) bool { return m.Target == a.Target }) {
		return skipped("mounted when someone looks at it")
	}
	return s.lacks("storage.mounts", "not mounted")
}

// swap is how much the host can swap.
type swap struct {
	KiB int64 `json:"kib"`
}

func (a swap) subject() string  { return "" }
func (a swap) check() error     { return nil }
func (a swap) expected() string { return mib(a.KiB) }

func mib(kib int64) string { return strconv.FormatInt(kib>>10, 10) + " MiB" }

func (a swap) look(s *seen) outcome {
	var sum int64
	for _, area := range s.now.Storage.Swaps {
		sum += area.SizeKiB
	}
	if sum >= a.KiB {
		return passed(mib(sum))
	}
	return s.lacks("storage.swaps", mib(sum))
}

// healths are the states of a pool of ZFS, the best first.
var healths = []string{"ONLINE", "DEGRADED", "FAULTED", "UNAVAIL", "SUSPENDED"}

// pool is a pool of ZFS that is imported and no worse than it was.
type pool struct {
	Name   string `json:"name"`
	GUID   string `json:"guid,omitempty"`
	Health string `json:"health,omitempty"`
}

func (a pool) subject() string  { return a.Name }
func (a pool) check() error     { return named(a.Name) }
func (a pool) expected() string { return poolText(true, a.GUID, a.Health) }

func poolText(imported bool, guid, health string) string {
	text := map[bool]string{true: "imported", false: "not imported"}[imported]
	if guid != "" {
		text += ", guid " + guid
	}
	if health != "" {
		text += ", " + health
	}
	return text
}

func (a pool) look(s *seen) outcome {
	for _, p := range s.now.Storage.Pools {
		if p.Name != a.Name {
			continue
		}
		if !p.Imported {
			return s.lacks("storage.zfs_pools", poolText(false, p.GUID, p.Health))
		}
		worse := a.Health != "" && p.Health != "" && slices.Index(healths, p.Health) > slices.Index(healths, a.Health)
		other := a.GUID != "" && p.GUID != "" && p.GUID != a.GUID
		return when(!worse && !other, poolText(true, p.GUID, p.Health))
	}
	return s.lacks("storage.zfs_pools", "no such pool")
}

// volumeGroup is a group of LVM with all its devices and volumes.
type volumeGroup struct {
	Name    string   `json:"name"`
	UUID    string   `json:"uuid,omitempty"`
	Volumes []string `json:"volumes"`
}

func (a volumeGroup) subject() string { return a.Name }
func (a volumeGroup) check() error    { return named(a.Name) }
func (a volumeGroup) expected() string {
	text := fmt.Sprintf("whole, with %d volumes", len(a.Volumes))
	if a.UUID != "" {
		text += ", uuid " + a.UUID
	}
	return text
}

func (a volumeGroup) look(s *seen) outcome {
	for _, g := range s.now.Storage.VolumeGroups {
		if g.Name != a.Name {
			continue
		}
		gone := without(a.Volumes, g.Volumes)
		switch {
		case a.UUID != "" && g.UUID != "" && a.UUID != g.UUID:
			return failed("another group, uuid " + g.UUID)
		case g.Missing:
			return failed("a physical volume is missing")
		case len(gone) > 0:
			return s.lacks("storage.volume_groups", "without "+list(gone))
		}
		return passed(fmt.Sprintf("whole, with %d volumes", len(g.Volumes)))
	}
	return s.lacks("storage.volume_groups", "no such group")
}

// array is an array of software RAID that is no worse than it was.
type array struct {
	Name     string `json:"name"`
	UUID     string `json:"uuid,omitempty"`
	Degraded int    `json:"degraded,omitempty"`
}

func (a array) subject() string  { return cmp.Or(a.UUID, a.Name) }
func (a array) check() error     { return named(a.Name) }
func (a array) expected() string { return fmt.Sprintf("active, %d members missing", a.Degraded) }

func (a array) look(s *seen) outcome {
	for _, m := range s.now.Storage.MDArrays {
		if a.UUID != "" && m.UUID != "" && a.UUID != m.UUID || (a.UUID == "" || m.UUID == "") && a.Name != m.Name {
			continue // an array may get another number
		}
		if m.State == "" {
			return s.lacks("storage.md_arrays", "not assembled")
		}
		return when(m.State != "inactive" && m.Degraded <= a.Degraded, fmt.Sprintf("%s, %d members missing", m.State, m.Degraded))
	}
	return s.lacks("storage.md_arrays", "no such array")
}

// iscsiSession is an open session with a target.
type iscsiSession struct {
	Target string `json:"target"`
}

func (a iscsiSession) subject() string  { return a.Target }
func (a iscsiSession) check() error     { return named(a.Target) }
func (a iscsiSession) expected() string { return "logged in" }

func (a iscsiSession) look(s *seen) outcome {
	for _, session := range s.now.Storage.ISCSI.Sessions {
		if session.Target == a.Target {
			return when(session.State == "LOGGED_IN", session.State).settles(true)
		}
	}
	return s.lacks("storage.iscsi_sessions", "no session").settles(true)
}
