package talk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// The ways in which a run in a machine is made to fail.
const (
	// Kill ends the process with the signal 9, PowerCut the machine.
	Kill     = "kill"
	PowerCut = "power-cut"
	// These file systems have no room left: PVE's root, the side root, the thin pool, the ESP.
	NoSpaceRoot = "ENOSPC-root"
	NoSpaceSide = "ENOSPC-side-root"
	NoSpacePool = "ENOSPC-pool"
	NoSpaceESP  = "ENOSPC-esp"
	// These devices fail: all of the ESP, what is written to the ESP, all of the side root.
	FailingESP       = "EIO-esp"
	FailingESPWrites = "EIO-esp-writes"
	FailingSide      = "EIO-side-root"
	// The ESP is remounted read-only where it is mounted; or all disks are.
	ReadOnlyESP = "EROFS-esp"
	ReadOnly    = "EROFS"
	// NoBus is D-Bus stopped; Immutable is the flag of chattr on what is to be written.
	NoBus     = "no-bus"
	Immutable = "immutable"
)

// Fault is what strikes a run, and where.
type Fault struct {
	Kind string `json:"kind"`
	// Phase is "apply" or "rollback".
	Phase string `json:"phase"`
	// Step is struck before it, after it, or inside it: at that part of the things that it does, in hundredths.
	Step string `json:"step"`
	When string `json:"when"`
	Part int    `json:"part"`
}

// Phases and sides of a fault.
const (
	InApply    = "apply"
	InRollback = "rollback"
	Before     = "before"
	Inside     = "inside"
	After      = "after"
)

// String is the fault in a form that ParseFault reads.
func (f Fault) String() string {
	return strings.Join([]string{f.Kind, f.Phase, f.Step, f.When, strconv.Itoa(f.Part)}, "@")
}

// ParseFault reads what String has written.
func ParseFault(s string) (f Fault, err error) {
	p := strings.Split(s, "@")
	if len(p) != 5 {
		return f, fmt.Errorf("fault %q: kind@phase@step@when@part is expected", s)
	}
	f = Fault{Kind: p[0], Phase: p[1], Step: p[2], When: p[3]}
	if f.Part, err = strconv.Atoi(p[4]); err != nil || !slices.Contains([]string{InApply, InRollback}, f.Phase) || !slices.Contains([]string{Before, Inside, After}, f.When) {
		return f, fmt.Errorf("fault %q: no such phase, side or part", s)
	}
	return f, nil
}

// Look says what is compared, beside the files of the root.
type Look struct {
	// Guest is a guest's volume, Volumes the command that lists all of them.
	Guest   string   `json:"guest"`
	Volumes []string `json:"volumes"`
	ESP     plan.ESP `json:"esp"`
}

// Strike is a run that fails.
type Strike struct {
	Run    Run         `json:"run"`
	Fault  Fault       `json:"fault"`
	Layout plan.Layout `json:"layout"`
	Boot   plan.Boot   `json:"boot"`
	Look   Look        `json:"look"`
}

// Struck is what became of it.
type Struck struct {
	// Operation is what the run was about to do; empty where the fault did not strike.
	Operation string `json:"operation,omitempty"`
	// Cut asks for the power cut: the machine does nothing more by itself.
	Cut bool `json:"cut,omitempty"`
	// Apply is the error of the run, and RolledBack says that it took itself back.
	Apply      string `json:"apply,omitempty"`
	RolledBack bool   `json:"rolled_back,omitempty"`
	// Tried says that a rollback was tried with the cause still there, and Still is its error.
	Tried bool   `json:"tried,omitempty"`
	Still string `json:"still,omitempty"`
	// Rollback is the error of the rollback without the cause; Different is what is not as it was.
	Rollback  string   `json:"rollback,omitempty"`
	Different []string `json:"different,omitempty"`
	// Read is the SHA-256 of files that were touched, by their names.
	Read map[string]string `json:"read,omitempty"`
	// Seconds are all that it took, and Took is what of it, in words.
	Seconds float64 `json:"seconds"`
	Took    string  `json:"took,omitempty"`
}

// Deciding says whether a variable of the firmware decides what is started, or is one of this program.
func Deciding(name string) bool {
	for _, of := range []string{"BootCurrent-", "BootOptionSupport-", "LoaderEntrySelected-", "LoaderEntries-"} {
		if strings.HasPrefix(name, of) {
			return false // of this start
		}
	}
	return strings.HasPrefix(name, "Boot") || strings.HasPrefix(name, "LoaderEntry") || strings.HasPrefix(name, "Pve2nix")
}
