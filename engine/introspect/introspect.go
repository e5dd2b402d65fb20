// Package introspect captures a Proxmox VE host as a snapshot: one collector per
// area, each over the interface Host, which is either the running host or a tree
// of files (a mounted disk, a backup).
//
// It only reads. It executes no program but those of the table in commands.go, opens no device, follows no link
// out of the captured root and never reads private keys and password stores; of files that hold secrets among
// facts, the secrets are left out. It draws no conclusions: what a fact means is said by rules.
//
// A capture never fails because a source is missing: what could not be learnt is
// named in the snapshot's areas and problems.
package introspect

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Options say what to capture and how.
type Options struct {
	// Root is the directory of the captured tree; empty or / is the running host.
	Root string
	// BusAddress is the D-Bus address of the system bus; empty is
	// DBUS_SYSTEM_BUS_ADDRESS, or else DefaultBusAddress. Without effect below a
	// Root, unless the address is given here.
	BusAddress string
	// Clock tells the time; nil is the machine's clock, or SOURCE_DATE_EPOCH where that is set.
	Clock func() time.Time
	// Tool is the name and version of the program that captures.
	Tool string
	// Progress is told the name of each area when its capture begins; nil for nobody.
	Progress func(area string)
	// Logger gets one record per file and call, never their content; nil for nobody.
	Logger *slog.Logger
	// Host stands for the machine to capture in place of Root and BusAddress; nil for these.
	Host Host
	// Only are the names of the collectors to run; all where there are none. Areas of the others are not in the snapshot.
	Only []string

	// busWait bounds every question to a service of the bus; 0 is busTimeout.
	busWait time.Duration
}

// Capture takes the snapshot. The error is for options that make no sense, a
// root that is no directory, or a cancelled ctx; whatever the host lacks is in
// the snapshot's problems.
func Capture(ctx context.Context, options Options) (*snapshot.Snapshot, error) {
	started, err := startTime(options.Clock)
	if err != nil {
		return nil, err
	}
	host := options.Host
	if host == nil {
		machine, closeMachine, err := Open(options.Root, options.BusAddress)
		if err != nil {
			return nil, err
		}
		defer closeMachine()
		host = machine
	}
	c := newCapture(ctx, host, options)
	c.mountDatabase()
	defer c.unmountDatabase()
	c.out.Capture.Time = started.UTC().Format(time.RFC3339)
	for _, collector := range collectors {
		if len(options.Only) > 0 && !slices.Contains(options.Only, collector.name) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("capture interrupted: %w", err)
		}
		if options.Progress != nil {
			options.Progress(collector.name)
		}
		collector.collect(c)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("capture interrupted: %w", err)
	}
	return c.finish(), nil
}

// collectors run in this order: later ones look at facts of earlier ones. What the
// bus starts to answer the first ones is a unit that runs, so the units come after
// them, and a second capture finds the same.
var collectors = []struct {
	name    string
	collect func(*capture)
}{
	{"packages", collectPackages},
	{"repositories", collectRepositories},
	{"updates", collectUpdates},
	{"host", collectHost},
	{"services", collectServices},
	{"units", collectUnits},
	{"network", collectNetwork},
	{"storage", collectStorage},
	{"guests", collectGuests},
	{"cluster", collectCluster},
	{"access", collectAccess},
	{"datacenter", collectDatacenter},
	{"certificates", collectCertificates},
	{"hardware", collectHardware},
	{"system", collectSystem},
	{"containers", collectContainers},
	{"files", collectFiles},
}

// lastSecond is the end of the year 9999, the last one that RFC 3339 can write.
const lastSecond = 253402300799

// startTime is the time of the capture: SOURCE_DATE_EPOCH fixes it, so that two
// captures of one host can be the same bytes.
func startTime(clock func() time.Time) (time.Time, error) {
	if clock != nil {
		return clock(), nil
	}
	epoch := os.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return time.Now(), nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil || seconds < 0 || seconds > lastSecond {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH: %q is no number of seconds", epoch)
	}
	return time.Unix(seconds, 0), nil
}

// finish puts the parts of the snapshot in order that every collector writes to.
func (c *capture) finish() *snapshot.Snapshot {
	if c.bus != nil {
		if err := c.bus.Close(); err != nil {
			c.log.Debug("bus closed", "error", err)
		}
	}
	out := c.out
	holders := map[string]bool{}
	secretHolders(reflect.ValueOf(*out), holders)
	for path, file := range c.files {
		if holders[path] {
			file.SHA256 = ""
		}
		out.Files = append(out.Files, file)
	}
	slices.SortFunc(out.Files, func(a, b snapshot.File) int { return cmp.Compare(a.Path, b.Path) })
	for call := range c.calls {
		out.Capture.Calls = append(out.Capture.Calls, call)
	}
	slices.Sort(out.Capture.Calls)
	out.Capture.Commands = slices.Sorted(maps.Keys(c.commands))
	for _, a := range c.areas {
		out.Capture.Areas = append(out.Capture.Areas, a.settle())
	}
	slices.SortFunc(out.Capture.Areas, func(a, b snapshot.Area) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(out.Problems, func(a, b snapshot.Problem) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Error, b.Error))
	})
	out.Problems = slices.Compact(out.Problems)
	fillLists(reflect.ValueOf(out).Elem())
	return out
}

// secretHolders adds the paths of all files that hold a secret of the snapshot.
// The digest of such a file would let anyone try out passwords.
func secretHolders(v reflect.Value, into map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			secretHolders(v.Elem(), into)
		}
	case reflect.Slice:
		for i := range v.Len() {
			secretHolders(v.Index(i), into)
		}
	case reflect.Struct:
		switch fact := v.Interface().(type) {
		case snapshot.Secret:
			into[fact.Path] = true
			return
		case snapshot.Anomaly:
			// Columns and options that are plain lists of text have no place for a
			// Secret; their reader says here that there was one.
			if fact.Kind == "inline-secret" {
				file, _, _ := cutLast(fact.Source, ":")
				into[file] = true
			}
		case snapshot.CrypttabEntry:
			if strings.HasPrefix(fact.KeyFile, formats.HiddenKey) {
				file, _, _ := cutLast(fact.Source, ":")
				into[file] = true
			}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "_" {
				secretHolders(v.Field(i), into)
			}
		}
	}
}

// fillLists makes every absent list an empty one, as the model has it.
func fillLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fillLists(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fillLists(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "_" {
				fillLists(v.Field(i))
			}
		}
	}
}
