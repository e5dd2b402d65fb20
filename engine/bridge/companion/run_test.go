package companion

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/execute"
)

// called is a host with a companion whose systemd starts a unit, and says of it what the test wants.
type called struct {
	execute.System
	properties map[string]any
	set        map[string]any
	killed     []int32
	// runs is how often it is still at work when it is asked.
	runs int
}

func (c *called) Bus(context.Context) (execute.Bus, error) { return c, nil }
func (*called) Close() error                               { return nil }
func (*called) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	return nil, nil, errors.New("no signals")
}

func (c *called) Call(_ context.Context, _ string, _ dbus.ObjectPath, method string, args []any, reply ...any) error {
	switch method[strings.LastIndexByte(method, '.')+1:] {
	case "StartTransientUnit":
		c.set = map[string]any{"name": args[0]}
		for _, p := range args[2].([]transientProperty) {
			c.set[p.Name] = p.Value.Value()
		}
	case "KillUnit":
		c.killed = append(c.killed, args[2].(int32))
	}
	for _, r := range reply {
		*r.(*dbus.ObjectPath) = "/object"
	}
	return nil
}

func (c *called) Property(_ context.Context, _ string, _ dbus.ObjectPath, name string) (dbus.Variant, error) {
	name = name[strings.LastIndexByte(name, '.')+1:]
	if name == "ActiveState" && c.runs > 0 {
		c.runs--
		return dbus.MakeVariant("active"), nil
	}
	value, ok := map[string]any{
		"Leader": uint32(4711), "Job": []any{uint32(0), dbus.ObjectPath("/")}, "ActiveState": "inactive", "ConditionResult": true,
		"ExecMainCode": int32(exited), "ExecMainStatus": int32(0), "Result": "success",
	}[name]
	if own, has := c.properties[name]; has {
		value, ok = own, true
	}
	if !ok {
		return dbus.Variant{}, errors.New(name)
	}
	return dbus.MakeVariant(value), nil
}

func run(t *testing.T, c *called, call Call) (int, error) {
	t.Helper()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = null.Close() })
	call.In, call.Out, call.Err = null, null, null
	on := Companion{System: c, Dial: func(context.Context, int) (execute.Bus, error) { return c, nil }}
	return on.Run(t.Context(), call)
}

func TestCallIsPassedOnAsItIs(t *testing.T) {
	c := &called{}
	args := []string{"a b", "$HOME", "%n", "--help", "", "'\"\\"}
	status, err := run(t, c, Call{Program: "tool", Args: args, Folder: "/srv", Term: "xterm"})
	if err != nil || status != 0 {
		t.Fatalf("%d, %v", status, err)
	}
	want := []command{{"/usr/bin/env", append([]string{"env", "--", "tool"}, args...), []string{"no-env-expand"}}}
	if d := cmp.Diff(want, c.set["ExecStartEx"]); d != "" {
		t.Error(d)
	}
	if name := c.set["name"].(string); !strings.HasPrefix(name, "companion-run@") || !strings.HasSuffix(name, ".service") {
		t.Errorf("the companion allows no unit %s", name)
	}
	if c.set["WorkingDirectory"] != "-/srv" || !strings.Contains(strings.Join(c.set["Environment"].([]string), " "), "TERM=xterm") {
		t.Errorf("%v", c.set)
	}
}

func TestStatusOfACall(t *testing.T) {
	for name, c := range map[string]struct {
		properties map[string]any
		want       int
		say        string
	}{
		"its own":         {map[string]any{"ExecMainStatus": int32(7), "ActiveState": "failed"}, 7, ""},
		"of a signal":     {map[string]any{"ExecMainCode": int32(killed), "ExecMainStatus": int32(9)}, 137, ""},
		"of a core":       {map[string]any{"ExecMainCode": int32(dumped), "ExecMainStatus": int32(11)}, 139, ""},
		"never started":   {map[string]any{"ExecMainCode": int32(0), "Result": "resources"}, 0, "tool: resources"},
		"not allowed":     {map[string]any{"ConditionResult": false}, 0, "lets nothing be called"},
		"does not answer": {map[string]any{"ExecMainCode": "odd", "Result": "protocol"}, 0, "tool: protocol"},
	} {
		t.Run(name, func(t *testing.T) {
			status, err := run(t, &called{properties: c.properties}, Call{Program: "tool"})
			if status != c.want || (err != nil) != (c.say != "") || err != nil && !strings.Contains(err.Error(), c.say) {
				t.Errorf("%d, %v", status, err)
			}
		})
	}
}

func TestSignalsReachACall(t *testing.T) {
	signals := make(chan os.Signal, 1)
	signals <- syscall.SIGTERM
	c := &called{runs: 3}
	if _, err := run(t, c, Call{Program: "tool", Signals: signals}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]int32{int32(syscall.SIGTERM)}, c.killed); d != "" {
		t.Error(d)
	}
}

func TestNoNameOfAProgram(t *testing.T) {
	for _, name := range []string{"", "-S", "PATH=/tmp", "--"} {
		var refused *RefusedError
		if _, err := run(t, &called{}, Call{Program: name}); !errors.As(err, &refused) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestCommandsOfAPackage(t *testing.T) {
	list := "/.\n/usr\n/usr/bin\n/usr/bin/megacli\n/sbin/raid.ctl\n/usr/local/bin/own\n/usr/bin/a;b\n/usr/bin/$(x)\n/usr/bin/-rf\n/usr/bin/a b\n/usr/bin/../x\n" +
		"/usr/share/bin/not\n/opt/bin/not\n/usr/bin/deep/not\n/usr/games/not\n"
	want := map[string]string{"megacli": "/usr/bin/megacli", "raid.ctl": "/sbin/raid.ctl", "own": "/usr/local/bin/own"}
	if d := cmp.Diff(want, commandsIn(list)); d != "" {
		t.Error(d)
	}
	for _, name := range []string{"", "../x", "a b", "-x", "A", "a;b"} {
		if packageName.MatchString(name) {
			t.Errorf("%q is taken for a package", name)
		}
	}
}
