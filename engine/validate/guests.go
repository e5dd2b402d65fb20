package validate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/pve2nix/pve2nix/engine/introspect"
)

// Managers of guests.
const (
	managerPVE     = "pve"
	managerLibvirt = "libvirt"
	managerIncus   = "incus"
	managerLXC     = "lxc"
)

// guest is a guest by its number, and by its name where its manager knows it by that.
type guest struct {
	VMID    int    `json:"vmid"`
	Type    string `json:"type"`
	Manager string `json:"manager,omitempty"`
	Name    string `json:"name,omitempty"`
}

func (a guest) subject() string { return a.Type + " " + strconv.Itoa(a.VMID) }

func (a guest) check() error {
	if a.VMID < 1 || a.Type != "qemu" && a.Type != "lxc" {
		return fmt.Errorf("no guest: %s", a.subject())
	}
	switch a.manager() {
	case managerPVE, managerLXC:
	case managerLibvirt, managerIncus:
		if a.Name == "" || path.Base(a.Name) != a.Name || a.Name == ".." {
			return fmt.Errorf("no name of a guest: %q", a.Name)
		}
	default:
		return fmt.Errorf("no manager of guests: %q", a.Manager)
	}
	return nil
}

func (a guest) manager() string {
	if a.Manager == "" {
		return managerPVE
	}
	return a.Manager
}

// title is how people know it.
func (a guest) title() string {
	if a.Name == "" {
		return a.subject()
	}
	return a.Name
}

// guestPresent is a guest that its manager knows.
type guestPresent struct{ guest }

func (a guestPresent) expected() string {
	return map[string]string{
		managerPVE: "a guest of this node in /etc/pve", managerLibvirt: "a domain of libvirt: ", managerIncus: "an instance of Incus: ",
		managerLXC: "a container of LXC",
	}[a.manager()] + a.Name
}

func (a guestPresent) look(s *seen) outcome {
	if a.manager() != managerPVE {
		return s.answer("guest-present", a)
	}
	for _, g := range s.now.Guests {
		if g.Local && g.VMID == a.VMID && g.Type == a.Type {
			return passed(g.Source)
		}
	}
	return s.lacks("guests", "not among the guests of this node").settles(true)
}

// Where libvirt and LXC keep what they know: NixOS's libvirt below /var/lib, others below /etc.
var libvirtDirs = []string{"/var/lib/libvirt/qemu", "/etc/libvirt/qemu"}

const (
	libvirtRunning = "/run/libvirt/qemu"
	lxcDir         = "/var/lib/lxc"
	incusSocket    = "/var/lib/incus/unix.socket"
)

func (a guestPresent) ask(ctx context.Context, s *seen) outcome {
	host := s.host
	switch a.manager() {
	case managerLibvirt:
		var files []string
		for _, dir := range libvirtDirs {
			files = append(files, dir+"/"+a.Name+".xml")
		}
		return anyFile(host, files, "libvirt has no domain "+a.Name)
	case managerLXC:
		return anyFile(host, []string{lxcDir + "/" + strconv.Itoa(a.VMID) + "/config"}, "LXC has no container "+strconv.Itoa(a.VMID))
	case managerIncus:
		found, out, ok := a.instance(ctx, s)
		if !ok {
			return out
		}
		return passed("instance " + found.Name)
	}
	return skipped("the capture answers this")
}

// anyFile is passed where one of the files is there.
func anyFile(host introspect.Host, files []string, missing string) outcome {
	denied := false
	for _, file := range files {
		_, err := host.Stat(file)
		if err == nil {
			return passed(file)
		}
		denied = denied || isPermission(err)
	}
	if denied {
		return skipped("reading " + list(files) + " is not permitted")
	}
	return failed(missing).settles(true)
}

// instance is what Incus says of an instance.
type instance struct {
	Name   string            `json:"name"`
	Status string            `json:"status"`
	Config map[string]string `json:"config"`
}

// incusAnswer is asked for once for all guests of a run: one that is silent costs its time limit once.
type incusAnswer struct {
	once sync.Once
	all  []instance
	err  error
}

// maxAnswer bounds what Incus may say; a host with 1,000 instances says 10 MB.
const maxAnswer = 64 << 20

// instance asks Incus for the instances and finds the one of the guest: by its old number, which it keeps, or by name.
func (a guest) instance(ctx context.Context, s *seen) (instance, outcome, bool) {
	s.incus.once.Do(func() { s.incus.all, s.incus.err = instances(ctx, s.host) })
	all, err := s.incus.all, s.incus.err
	switch {
	case isPermission(err):
		return instance{}, skipped("asking Incus is not permitted"), false
	case err != nil:
		return instance{}, failed("Incus: " + plain(err)).settles(true), false
	}
	for _, one := range all {
		if one.Config["user.pve.vmid"] == strconv.Itoa(a.VMID) {
			return one, outcome{}, true
		}
	}
	for _, one := range all {
		if one.Name == a.Name && one.Config["user.pve.vmid"] == "" {
			return one, outcome{}, true
		}
	}
	return instance{}, failed("Incus has no instance " + a.Name).settles(true), false
}

// instances asks Incus over its socket; GET /1.0/instances with recursion lists them with their configuration.
func instances(ctx context.Context, host introspect.Host) ([]instance, error) {
	if !host.Live() {
		return nil, errors.New("a tree of files runs no Incus")
	}
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext:       func(ctx context.Context, _, _ string) (net.Conn, error) { return host.Dial(ctx, incusSocket) },
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://incus/1.0/instances?recursion=1", nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var answer struct {
		Metadata []instance `json:"metadata"`
	}
	if response.StatusCode != http.StatusOK {
		return nil, errors.New("says " + response.Status)
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, maxAnswer)).Decode(&answer); err != nil {
		return nil, fmt.Errorf("answer: %w", err)
	}
	return answer.Metadata, nil
}

// guestRunning is a guest that runs.
type guestRunning struct{ guest }

func (a guestRunning) expected() string { return "running: " + a.title() }

func (a guestRunning) look(s *seen) outcome {
	if a.manager() == managerLXC || a.manager() == managerPVE && a.Type == "lxc" {
		// A container is a unit in both.
		return unitActive{Unit: fmt.Sprintf("lxc-%d.service", a.VMID), Instead: []string{fmt.Sprintf("pve-container@%d.service", a.VMID)}}.look(s)
	}
	return s.answer("guest-running", a)
}

func (a guestRunning) ask(ctx context.Context, s *seen) outcome {
	host := s.host
	switch a.manager() {
	case managerLibvirt:
		// libvirt keeps the state of a domain there while it runs.
		return anyFile(host, []string{libvirtRunning + "/" + a.Name + ".xml"}, "not running")
	case managerIncus:
		found, out, ok := a.instance(ctx, s)
		if !ok {
			return out
		}
		return when(found.Status == "Running", found.Status).settles(true)
	}
	content, err := host.ReadFile(fmt.Sprintf("/run/qemu-server/%d.pid", a.VMID), 64)
	if err != nil {
		if isPermission(err) {
			return skipped("reading /run/qemu-server is not permitted")
		}
		return failed("not running").settles(true)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(content.Data)))
	if err != nil {
		return failed("not running").settles(true)
	}
	return anyFile(host, []string{fmt.Sprintf("/proc/%d", pid)}, "not running")
}

// isPermission says whether something was refused to this process.
func isPermission(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EACCES) || errors.Is(err, syscall.EPERM)
}

// plain is the text of an error without what was being done.
func plain(err error) string {
	var sys *os.SyscallError
	if errors.As(err, &sys) {
		return sys.Err.Error()
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
