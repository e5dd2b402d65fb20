package companion_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/bridge/companion"
	"github.com/pve2nix/pve2nix/engine/execute"
)

// machine is a host whose machined knows the companion.
type machine struct {
	execute.System
	kit *kit
}

func (m machine) Bus(context.Context) (execute.Bus, error) { return m.kit, nil }

// kit is a stand-in of machined and of PackageKit.
type kit struct {
	// answers are the packages that a role names, by its name and, of one that changes, whether it is simulated.
	answers map[string][]pack
	// ends are what becomes of roles instead of a success, in their order.
	ends  map[string][]ending
	calls []string
	chans []chan *dbus.Signal
}

type pack struct {
	info uint32
	id   string
}

type ending struct {
	// code and details are those of an error; dies lets the daemon end.
	code    uint32
	details string
	dies    bool
}

func (k *kit) Close() error { return nil }

func (k *kit) Property(context.Context, string, dbus.ObjectPath, string) (dbus.Variant, error) {
	return dbus.MakeVariant(uint32(4711)), nil
}

func (k *kit) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	c := make(chan *dbus.Signal, 64)
	k.chans = append(k.chans, c)
	return c, func() { k.chans = slices.DeleteFunc(k.chans, func(o chan *dbus.Signal) bool { return o == c }) }, nil
}

func (k *kit) send(path dbus.ObjectPath, name string, body ...any) {
	for _, c := range k.chans {
		c <- &dbus.Signal{Path: path, Name: name, Body: body}
	}
}

func (k *kit) Call(_ context.Context, _ string, path dbus.ObjectPath, method string, args []any, reply ...any) error {
	const transaction = "org.freedesktop.PackageKit.Transaction."
	switch method {
	case "org.freedesktop.machine1.Manager.GetMachine":
		*reply[0].(*dbus.ObjectPath) = "/machine/companion"
		return nil
	case "org.freedesktop.PackageKit.CreateTransaction":
		*reply[0].(*dbus.ObjectPath) = "/transaction"
		return nil
	case transaction + "SetHints", transaction + "Cancel":
		return nil
	}
	role := strings.TrimPrefix(method, transaction)
	key := role
	if strings.HasSuffix(role, "Packages") && role != "GetPackages" {
		if args[0].(uint64)&(1<<2) != 0 {
			key = "simulate " + role
		}
	}
	if role == "Resolve" {
		key += fmt.Sprint(" ", args[0])
	}
	k.calls = append(k.calls, key)
	for _, p := range k.answers[key] {
		k.send(path, transaction+"Package", p.info, p.id, "")
	}
	if list := k.ends[key]; len(list) > 0 {
		k.ends[key] = list[1:]
		if list[0].dies {
			k.send("/org/freedesktop/DBus", "org.freedesktop.DBus.NameOwnerChanged", "org.freedesktop.PackageKit", ":1.7", "")
			return nil
		}
		if list[0].code != 0 {
			k.send(path, transaction+"ErrorCode", list[0].code, list[0].details)
			k.send(path, transaction+"Finished", uint32(2), uint32(0))
			return nil
		}
	}
	k.send(path, transaction+"Finished", uint32(1), uint32(0))
	return nil
}

const (
	resolveInstalled = "Resolve 4"
	resolveNewest    = "Resolve 65536"
)

func of(k *kit, told *[]string) *companion.Companion {
	return &companion.Companion{
		System: machine{kit: k}, Words: map[string]string{"13": "what it depends on cannot be had"},
		Tell: func(text string) { *told = append(*told, text) },
		Dial: func(_ context.Context, leader int) (execute.Bus, error) {
			if leader != 4711 {
				return nil, fmt.Errorf("leader %d", leader)
			}
			return k, nil
		},
	}
}

// What is done to packages, what is asked before it, and what is said of it.
func TestChanges(t *testing.T) {
	available, installing, removing := pack{2, "new;1;all;repo"}, pack{12, "new;1;all;repo"}, pack{13, "old;1;all;installed"}
	there := pack{1, "new;1;all;installed"}
	for name, c := range map[string]struct {
		kit     kit
		options companion.Options
		// remove removes new in place of installing it; update updates it.
		remove, update bool
		no             bool
		say            string // of the error; empty for none
		told           string
		calls          []string
		changes        []string
	}{
		"simulated, confirmed, done": {
			kit:     kit{answers: map[string][]pack{resolveNewest: {available}, "simulate InstallPackages": {installing}}},
			say:     "says that it has done it", // the stand-in does not
			calls:   []string{resolveInstalled, resolveNewest, "simulate InstallPackages", "InstallPackages", resolveInstalled},
			changes: []string{"install new 1"},
		},
		"not confirmed": {
			kit: kit{answers: map[string][]pack{resolveNewest: {available}, "simulate InstallPackages": {installing}}}, no: true,
			say: "nothing was changed", calls: []string{resolveInstalled, resolveNewest, "simulate InstallPackages"}, changes: []string{"install new 1"},
		},
		"there already": {
			kit:  kit{answers: map[string][]pack{resolveInstalled: {there}, resolveNewest: {available}}},
			told: "new is installed already", calls: []string{resolveInstalled, resolveNewest},
		},
		"in no repository": {kit: kit{}, say: "no repository of the companion has a package new", calls: []string{resolveInstalled, resolveNewest}},
		"another one would go": {
			kit: kit{answers: map[string][]pack{resolveNewest: {available}, "simulate InstallPackages": {installing, removing}}},
			say: "this would also remove old", calls: []string{resolveInstalled, resolveNewest, "simulate InstallPackages"},
		},
		"another one may go": {
			kit:     kit{answers: map[string][]pack{resolveNewest: {available}, "simulate InstallPackages": {installing, removing}}},
			options: companion.Options{RemoveDependents: true}, no: true, say: "nothing was changed",
			calls: []string{resolveInstalled, resolveNewest, "simulate InstallPackages"}, changes: []string{"install new 1", "remove old 1"},
		},
		"not signed": {
			kit: kit{answers: map[string][]pack{resolveNewest: {available}, "simulate InstallPackages": {{23, "new;1;all;repo"}}}},
			say: "new is not signed", calls: []string{resolveInstalled, resolveNewest, "simulate InstallPackages"},
		},
		"an error in words": {
			kit: kit{answers: map[string][]pack{resolveNewest: {available}}, ends: map[string][]ending{"simulate InstallPackages": {{code: 13, details: "new needs\nother"}}}},
			say: "what it depends on cannot be had (PackageKit's error 13: new needs other)", calls: []string{resolveInstalled, resolveNewest, "simulate InstallPackages"},
		},
		"what depends on it stays": {
			kit: kit{answers: map[string][]pack{resolveInstalled: {there}, "simulate RemovePackages": {{13, there.id}, removing}}}, remove: true,
			say: "this would also remove old", calls: []string{resolveInstalled, "simulate RemovePackages"},
		},
		"an earlier one was cut off": {
			kit: kit{
				answers: map[string][]pack{resolveInstalled: {there}, "simulate RemovePackages": {{13, there.id}}},
				ends:    map[string][]ending{"RemovePackages": {{code: 26, details: "E: dpkg was interrupted, you must manually run"}}},
			}, remove: true, told: "it is repaired first", say: "says that it has done it",
			calls:   []string{resolveInstalled, "simulate RemovePackages", "RemovePackages", "RepairSystem", "RemovePackages", resolveInstalled},
			changes: []string{"remove new 1"},
		},
		"the lock is somebody else's": {
			kit: kit{
				answers: map[string][]pack{resolveInstalled: {there}, "simulate RemovePackages": {{13, there.id}}},
				ends:    map[string][]ending{"RemovePackages": {{code: 26, details: "Could not get lock"}}},
			}, remove: true, say: "Could not get lock",
			calls: []string{resolveInstalled, "simulate RemovePackages", "RemovePackages"}, changes: []string{"remove new 1"},
		},
		"the daemon dies": {
			kit: kit{
				answers: map[string][]pack{"GetUpdates": {{5, "new;2;all;repo"}}, "simulate UpdatePackages": {{11, "new;2;all;repo"}}},
				ends:    map[string][]ending{"UpdatePackages": {{dies: true}}},
			}, update: true, told: "ended in the middle", say: "it was repaired, and not done: new; ask for it again",
			calls: []string{"GetUpdates", "simulate UpdatePackages", "UpdatePackages", "RepairSystem", resolveInstalled}, changes: []string{"update new 2"},
		},
		"the daemon dies and its repair does what is left": {
			kit: kit{
				answers: map[string][]pack{"GetUpdates": {{5, "new;1;all;repo"}}, resolveInstalled: {there}},
				ends:    map[string][]ending{"UpdatePackages": {{dies: true}}},
			}, update: true, told: "ended in the middle",
			calls: []string{"GetUpdates", "simulate UpdatePackages", "UpdatePackages", "RepairSystem", resolveInstalled}, changes: []string{"update new 1"},
		},
		"nothing newer": {kit: kit{}, update: true, told: "there is no newer version of new", calls: []string{"GetUpdates"}},
		"lists first": {
			kit:     kit{ends: map[string][]ending{"RefreshCache": {{code: 64, details: "gone"}}}},
			options: companion.Options{Refresh: true}, update: true, say: "error 64: gone", calls: []string{"RefreshCache"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var told, changes []string
			o := c.options
			o.Confirm = func(list []companion.Change) (bool, error) {
				for _, change := range list {
					changes = append(changes, change.Verb+" "+change.Package.Name()+" "+change.Package.Version())
				}
				return !c.no, nil
			}
			on, names := of(&c.kit, &told), []string{"new"}
			var err error
			switch {
			case c.remove:
				err = on.Remove(t.Context(), names, o)
			case c.update:
				err = on.Update(t.Context(), names, o)
			default:
				err = on.Install(t.Context(), names, o)
			}
			if (err != nil) != (c.say != "") || err != nil && !strings.Contains(err.Error(), c.say) {
				t.Errorf("%v, not %q", err, c.say)
			}
			if text := strings.Join(told, "\n"); !strings.Contains(text, c.told) || c.told == "" && text != "" {
				t.Errorf("told %q, not %q", text, c.told)
			}
			if d := cmp.Diff(c.calls, c.kit.calls); d != "" {
				t.Errorf("calls: %s", d)
			}
			if d := cmp.Diff(c.changes, changes); d != "" {
				t.Errorf("changes: %s", d)
			}
		})
	}
}

// stopped is a host on which no companion runs.
type stopped struct{ execute.System }

func (s stopped) Bus(context.Context) (execute.Bus, error) { return s, nil }
func (stopped) Close() error                               { return nil }
func (stopped) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	return nil, nil, errors.New("no signals")
}
func (stopped) Call(_ context.Context, _ string, _ dbus.ObjectPath, method string, _ []any, reply ...any) error {
	if strings.HasSuffix(method, "GetMachine") {
		return errors.New("no machine 'companion' known")
	}
	*reply[0].(*dbus.ObjectPath) = "/unit"
	return nil
}
func (stopped) Property(context.Context, string, dbus.ObjectPath, string) (dbus.Variant, error) {
	return dbus.MakeVariant(uint32(0)), nil
}

func TestCompanionThatDoesNotRun(t *testing.T) {
	c := companion.Companion{System: stopped{}}
	if _, err := c.Packages(t.Context()); !errors.Is(err, companion.ErrNotRunning) {
		t.Errorf("%v", err)
	}
}
