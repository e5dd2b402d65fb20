package qemucompare

import (
	"regexp"
	"slices"
)

// Verdict is what a property says about the two sides.
type Verdict string

// Equal is said twice the same, OnPurpose differs for a reason that a reader finds, Missing for none.
const (
	Equal     Verdict = "equal"
	OnPurpose Verdict = "on purpose"
	Missing   Verdict = "missing"
)

// Row is one property of a machine.
type Row struct {
	Property     string
	PVE, Libvirt string
	Verdict      Verdict
	// Why is the reason of a difference on purpose: a text, and the finding that a user reads, where there is one.
	Why, Finding string
}

// Reason explains differences.
type Reason struct {
	// Property is an expression for the whole "subject/property".
	Property string
	// PVE and Libvirt, where they are not empty, are expressions for the values; absent ones are the empty text.
	PVE, Libvirt string
	Why          string
	// Finding is the id of what the evaluation has to say of the machine for the reason to count; empty for a reason
	// that needs nothing from anybody.
	Finding string
}

func (r Reason) holds(row Row, findings []string) bool {
	match := func(expression, text string) bool {
		return regexp.MustCompile("^(?:" + expression + ")$").MatchString(text)
	}
	switch {
	case !match(r.Property, row.Property):
		return false
	case r.PVE != "" && !match(r.PVE, row.PVE):
		return false
	case r.Libvirt != "" && !match(r.Libvirt, row.Libvirt):
		return false
	}
	return r.Finding == "" || slices.Contains(findings, r.Finding)
}

// Compare holds the machine that PVE starts against the one that libvirt starts. findings are the ids that an evaluation
// says of the machine.
func Compare(pve, libvirt Description, reasons []Reason, findings []string) []Row {
	all := Description{}
	for _, side := range []Description{pve, libvirt} {
		for key := range side {
			all[key] = ""
		}
	}
	rows := []Row{}
	for _, key := range all.Keys() {
		row := Row{Property: key, PVE: pve[key], Libvirt: libvirt[key], Verdict: Equal}
		if row.PVE != row.Libvirt {
			row.Verdict = Missing
			if i := slices.IndexFunc(reasons, func(r Reason) bool { return r.holds(row, findings) }); i >= 0 {
				row.Verdict, row.Why, row.Finding = OnPurpose, reasons[i].Why, reasons[i].Finding
			}
		}
		rows = append(rows, row)
	}
	return rows
}
