package introspect

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// guestKinds are the kinds of guests and the directories of their configurations.
var guestKinds = []struct{ kind, dir string }{{"qemu", "qemu-server"}, {"lxc", "lxc"}}

// errOnlyLocal is the problem of a tree that has the links of this node and not the nodes.
var errOnlyLocal = errors.New("does not exist; the guests of this node are all that is there")

// errOpenVZ is the anomaly of a container that was not converted when PVE 4 left OpenVZ.
var errOpenVZ = errors.New("leftover: a container of OpenVZ, which no PVE since 4 starts")

// errNotAmongNodes is the problem of a host whose own name is not known, or is not that of a node: which guests are its own
// cannot be told then.
var errNotAmongNodes = errors.New("none of them has the name of this host; which guests are its own is not known")

// collectGuests reads the configurations of all guests of all nodes.
func collectGuests(c *capture) {
	a := c.area("guests", sourceFile)
	nodes := a.directory(pveDir + "/nodes")
	if len(nodes) == 0 {
		found := false
		for _, kind := range guestKinds {
			dir := pveDir + "/" + kind.dir
			found = found || c.exists(dir)
			collectGuestDir(c, a, kind.kind, dir, c.out.Host.Name)
		}
		if found {
			a.problem(pveDir+"/nodes", errOnlyLocal)
		} else {
			a.unknown(pveDir+"/nodes", c.whyAbsent(pveDir+"/nodes"))
		}
	}
	if len(nodes) > 0 && !slices.Contains(nodes, c.out.Host.Name) {
		a.problem(pveDir+"/nodes", errNotAmongNodes)
	}
	for _, node := range nodes {
		for _, kind := range guestKinds {
			collectGuestDir(c, a, kind.kind, path.Join(pveDir, "nodes", node, kind.dir), node)
		}
		openvz := path.Join(pveDir, "nodes", node, "openvz")
		for _, name := range a.directory(openvz) {
			a.note(openvz+"/"+name, errOpenVZ)
		}
	}
	if c.host.Live() && c.exists(processesDir) {
		for i := range c.out.Guests {
			if g := &c.out.Guests[i]; g.Local && g.Type == "qemu" {
				g.Running = runs(c, a, g.VMID)
			}
		}
	}
	slices.SortFunc(c.out.Guests, func(a, b snapshot.Guest) int {
		return cmp.Or(cmp.Compare(a.VMID, b.VMID), cmp.Compare(a.Node, b.Node), cmp.Compare(a.Type, b.Type))
	})
}

// runs says whether a virtual machine has a process, as qemu-server sees it: by the file that holds its number, and by what
// the process of that number is. A file that a crash has left names no process, or one of something else.
func runs(c *capture, a *area, vmid int) *bool {
	name := fmt.Sprintf("%s/%d.pid", processesDir, vmid)
	content, err := c.host.ReadFile(name, maxPIDFile)
	if absent(err) {
		return new(false)
	}
	if err != nil {
		a.note(name, err)
		return nil
	}
	pid := strings.TrimSpace(string(content.Data))
	if !isNumber(pid) {
		return new(false)
	}
	program := c.line("/proc/" + pid + "/comm")
	return new(strings.HasPrefix(program, "kvm") || strings.HasPrefix(program, "qemu"))
}

const (
	// processesDir is where qemu-server keeps the numbers of the processes of virtual machines.
	processesDir = "/run/qemu-server"
	// maxPIDFile bounds a file with such a number.
	maxPIDFile = 64
)

func collectGuestDir(c *capture, a *area, kind, dir, node string) {
	for _, name := range a.directory(dir) {
		id, isConfig := strings.CutSuffix(name, ".conf")
		if !isConfig || !isNumber(id) {
			continue
		}
		file := dir + "/" + name
		vmid, err := strconv.Atoi(id)
		if err != nil {
			a.problem(file, err)
			continue
		}
		data, ok := a.may(file)
		if !ok {
			continue
		}
		c.out.Guests = append(c.out.Guests,
			formats.Guest(file, kind, vmid, node, node == c.out.Host.Name, data))
	}
}
