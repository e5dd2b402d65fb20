package introspect

import (
	"errors"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// pveDir is where pmxcfs, the database of a PVE cluster, is mounted.
const pveDir = "/etc/pve"

// errNoPVE is the problem of a host whose pmxcfs is not mounted: its files are in a database then.
var errNoPVE = errors.New("not there: pmxcfs is not mounted or was not copied")

// pveMarks are files that pmxcfs has on every host. Where one of them is, the
// tree is a whole copy, and what it lacks does not exist.
var pveMarks = []string{".version", "authkey.pub", "pve-root-ca.pem"}

// pveWhole says whether the whole of /etc/pve is visible.
func (c *capture) pveWhole() bool {
	if c.pmxcfs != nil {
		return true
	}
	if !c.exists(pveDir + "/nodes") {
		return false
	}
	for _, mark := range pveMarks {
		if c.exists(pveDir + "/" + mark) {
			return true
		}
	}
	return false
}

// etcWhole says whether the tree has the whole of /etc, so that a file that is
// not there does not exist: every system has passwd.
func (c *capture) etcWhole() bool { return c.exists("/etc/passwd") }

// pveFile reads a file of /etc/pve that PVE's reader makes something of even where
// it does not exist: such a file is empty here. ok is false when it is not known
// whether there is one.
func (a *area) pveFile(name string) (file string, data []byte, ok bool) {
	file = pveDir + "/" + name
	whole := a.capture.pveWhole()
	failed := a.failed
	data, ok = a.want(file, whole)
	return file, data, ok || whole && a.failed == failed
}

// sectionFile reads a section config of /etc/pve, with the sections that PVE adds.
func (a *area) sectionFile(name string, kind formats.SectionKind) ([]snapshot.Section, []snapshot.Anomaly) {
	file, data, ok := a.pveFile(name)
	if !ok {
		return nil, nil
	}
	return formats.Sections(file, data, kind)
}

// sections is sectionFile for areas that have no list of their own for anomalies.
func (a *area) sections(name string, kind formats.SectionKind) []snapshot.Section {
	sections, anomalies := a.sectionFile(name, kind)
	a.anomalies(anomalies)
	return sections
}

// anomalies records places where a file does not mean what it says, for areas
// that have no list of their own for them.
func (a *area) anomalies(found []snapshot.Anomaly) {
	for _, anomaly := range found {
		a.note(anomaly.Source, errors.New(anomaly.Kind+": "+anomaly.Detail))
	}
}
