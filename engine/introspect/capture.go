package introspect

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Sources of areas, as the schema names them.
const (
	sourceFile           = "file"
	sourceNetlink        = "netlink"
	sourcePackageKit     = "packagekit"
	sourceDpkgStatus     = "dpkg-status"
	sourceSystemd        = "systemd"
	sourceCommand        = "command"
	sourceNetworkManager = "networkmanager"
	sourceDBus           = "dbus"     // a service of the bus beside those above
	sourceOVSDB          = "ovsdb"    // the database server of Open vSwitch
	sourceDatabase       = "database" // pmxcfs's database on disk
	sourceNone           = "none"
)

// Status of areas, as the schema names them.
const (
	statusKnown   = "known"
	statusPartial = "partial"
	statusUnknown = "unknown"
)

// capture is a snapshot in the making.
type capture struct {
	ctx   context.Context
	host  Host
	log   *slog.Logger
	out   *snapshot.Snapshot
	areas map[string]*area
	// files are the files that were read, by the path that they were found at.
	files map[string]snapshot.File
	// factsSize is how much of maxAllFactsSize has been read.
	factsSize int64

	// callsLock guards calls: properties of units are asked for in parallel.
	callsLock sync.Mutex
	calls     map[string]bool

	// commands are the command lines that were run, unanswered the programs that did not answer in time.
	commands, unanswered map[string]bool

	bus      Bus
	busError error
	// services are those that were looked for on the bus, startable the names that it starts services for.
	services  map[string]*busService
	startable []string
	// busWait bounds every question to a service of the bus.
	busWait time.Duration

	// pmxcfs is the database that /etc/pve is read from where it is not mounted, pmxcfsError why it could not be.
	pmxcfs      *pmxcfs
	pmxcfsError error
}

func newCapture(ctx context.Context, host Host, options Options) *capture {
	log := options.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	mode := "root"
	if host.Live() {
		mode = "live"
	}
	return &capture{
		ctx: ctx, host: host, log: log,
		out: &snapshot.Snapshot{
			Schema:  snapshot.Version,
			Capture: snapshot.Capture{Tool: options.Tool, Mode: mode},
		},
		areas: map[string]*area{},
		files: map[string]snapshot.File{},
		calls: map[string]bool{},

		commands: map[string]bool{}, unanswered: map[string]bool{},

		services: map[string]*busService{}, busWait: cmp.Or(options.busWait, busTimeout),
	}
}

// area is one area of facts while it is captured.
type area struct {
	snapshot.Area
	capture *capture
	// read counts the files that were read, failed those that are there and could not be.
	read, failed int
	// database is true once something of /etc/pve was taken from its database.
	database bool
}

// area begins an area that comes from source and is known until something is missing.
func (c *capture) area(name, source string) *area {
	a := &area{Area: snapshot.Area{Name: name, Status: statusKnown, Source: source}, capture: c}
	c.areas[name] = a
	return a
}

// captured is an area that is captured by now; one of a collector that was not asked is unknown.
func (c *capture) captured(name string) snapshot.Area {
	if a, ok := c.areas[name]; ok {
		return a.Area
	}
	return snapshot.Area{Name: name, Status: statusUnknown, Source: sourceNone}
}

// problem records that the source of an area failed, and that the area is not whole.
func (a *area) problem(source string, err error) {
	a.note(source, err)
	if a.Status == statusKnown {
		a.Status = statusPartial
	}
	a.explain(source, err)
}

// unknown records that nothing can be said about the area.
func (a *area) unknown(source string, err error) {
	a.note(source, err)
	a.Status, a.Source = statusUnknown, sourceNone
	a.explain(source, err)
}

// note records a problem that leaves the area as whole as it is.
func (a *area) note(source string, err error) {
	text := plainError(err)
	a.capture.log.Debug("problem", "area", a.Name, "source", source, "error", text)
	a.capture.out.Problems = append(a.capture.out.Problems, snapshot.Problem{Area: a.Name, Source: source, Error: text})
}

// explain gives the area its first reason; the others are in the problems.
func (a *area) explain(source string, err error) {
	if a.Detail == "" {
		a.Detail = source + ": " + plainError(err)
	}
}

// plainError is the text of an error without the path that the problem names beside it.
func plainError(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}

// absent says that a path leads to nothing, rather than to something that cannot be read.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// errAbsent is the problem of a source that a whole host always has.
var errAbsent = errors.New("does not exist")

// read returns a file and records it. The name under which it is recorded is
// the one that was asked for.
func (c *capture) read(name string) ([]byte, error) {
	limit := sizeLimit(name)
	content, err := c.host.ReadFile(name, limit)
	if err != nil {
		return nil, err
	}
	if limit < maxFileSize {
		if c.factsSize+int64(len(content.Data)) > maxAllFactsSize {
			return nil, &fs.PathError{Op: "read", Path: name, Err: errTooMuch}
		}
		c.factsSize += int64(len(content.Data))
	}
	file := snapshot.File{Path: name, Mode: fmt.Sprintf("%04o", content.Mode), UID: content.UID, GID: content.GID}
	if !isSecretFile(name) && !isSecretFile(content.Path) && !isVolatile(content.Path) && !holdsSecret(name, content.Data) {
		digest := sha256.Sum256(content.Data)
		file.SHA256 = hex.EncodeToString(digest[:])
	}
	c.files[name] = file
	c.log.Debug("read", "file", name, "bytes", len(content.Data))
	return content.Data, nil
}

// errTooMuch is the problem of a file that is not read because those before it were large.
var errTooMuch = fmt.Errorf("not read: the files of this host have more than %d bytes", maxAllFactsSize)

// sizeLimit is the largest size of a file that is read. Of what programs keep for themselves little becomes a fact.
func sizeLimit(name string) int64 {
	switch {
	case strings.HasPrefix(name, pveDir+"/"):
		return maxPVEFileSize
	case strings.HasPrefix(name, "/var/lib/"), strings.HasPrefix(name, "/lib/modules/"), slices.Contains(ovsDatabases, name):
		return maxFileSize
	}
	return maxFactsSize
}

// isSecretFile says whether the content of a file is secret as a whole, so that
// not even its digest may be told.
func isSecretFile(name string) bool {
	switch name {
	case "/etc/pve/user.cfg": // hosts of before PVE 7 have the keys of second factors in it
		return true
	case "/etc/shadow", "/etc/gshadow", "/etc/shadow-", "/etc/gshadow-":
		return true
	case pveDatabase, pveDatabase + "-wal":
		return true
	}
	if slices.Contains(ovsDatabases, name) { // keys of tunnels, also those that were changed since
		return true
	}
	switch path.Ext(name) {
	case ".key", ".keyring", ".pw", ".enc", ".cred", ".secret":
		return true
	}
	return strings.HasPrefix(name, "/etc/pve/") && slices.Contains(strings.Split(name, "/"), "priv")
}

// holdsSecret says whether some line of a configuration file looks like a secret,
// one that is commented out included. Whoever knows the rest of a file could try
// out passwords on its digest.
func holdsSecret(name string, data []byte) bool {
	if !strings.HasPrefix(name, "/etc/") && !strings.HasPrefix(name, "/boot/") && !strings.HasPrefix(name, "/efi/") {
		return false
	}
	for line := range strings.Lines(string(data)) {
		text := strings.TrimLeft(strings.TrimSpace(line), "#; \t")
		end := strings.IndexAny(text, "=: \t")
		if end <= 0 {
			continue
		}
		key, value := text[:end], strings.Trim(text[end:], "=: \t")
		if value != "" && formats.Redact(name, key, value) != nil {
			return true
		}
	}
	return false
}

// isVolatile says whether a file is a view of what runs, which a digest would only make look changed.
func isVolatile(name string) bool {
	switch path.Base(name) {
	case ".members", "manager_status", "lrm_status": // pmxcfs and HA write the time into them
		if strings.HasPrefix(name, pveDir+"/") {
			return true
		}
	}
	return strings.HasPrefix(name, "/proc/") || strings.HasPrefix(name, "/sys/")
}

// need reads a file that every host has: without it the area is unknown.
func (a *area) need(name string) ([]byte, bool) {
	data, err := a.file(name)
	switch {
	case err == nil:
		return data, true
	case absent(err):
		a.unknown(name, errAbsent)
	default:
		a.unknown(name, err)
	}
	return nil, false
}

// file reads a file and counts it.
func (a *area) file(name string) ([]byte, error) {
	a.touch(name)
	data, err := a.capture.read(name)
	switch {
	case err == nil:
		a.read++
	case !absent(err):
		a.failed++
	}
	return data, err
}

// settle ends an area: one of whose files none could be read is unknown, not partial.
func (a *area) settle() snapshot.Area {
	if a.Status == statusPartial && a.Source == sourceFile && a.failed > 0 && a.read == 0 {
		a.Status, a.Source = statusUnknown, sourceNone
	}
	if a.database && a.Source == sourceFile {
		a.Source = sourceDatabase
	}
	return a.Area
}

// touch notes that an area looks into pmxcfs's database, and what is wrong with that.
func (a *area) touch(name string) {
	p := a.capture.pmxcfs
	if _, inside := below(name); p == nil || !inside || a.database {
		return
	}
	a.database = true
	if p.problem != nil {
		a.problem(pveDatabase, p.problem)
	}
}

// want reads a file that a host may lack. Only a tree that whole says to be
// complete lacks it for certain; in any other the area is unknown.
func (a *area) want(name string, whole bool) ([]byte, bool) {
	data, err := a.file(name)
	switch {
	case err == nil:
		return data, true
	case !absent(err):
		a.problem(name, err)
	case !whole && a.Status != statusUnknown:
		a.unknown(name, a.capture.whyAbsent(name))
	}
	return nil, false
}

// whyAbsent says why a file is not there that a host may have.
func (c *capture) whyAbsent(name string) error {
	switch {
	case !strings.HasPrefix(name, pveDir+"/"):
		return errAbsent
	case c.pmxcfsError != nil:
		return fmt.Errorf("not there: pmxcfs is not mounted, and its database %s cannot be read: %s", pveDatabase, plainError(c.pmxcfsError))
	}
	return errNoPVE
}

// may reads a file whose absence says nothing.
func (a *area) may(name string) ([]byte, bool) {
	data, err := a.file(name)
	if err != nil {
		if !absent(err) {
			a.problem(name, err)
		}
		return nil, false
	}
	return data, true
}

// directory lists the names in a directory that may be absent, without hidden ones.
func (a *area) directory(name string) []string {
	a.touch(name)
	entries, err := a.capture.host.ReadDir(name)
	if err != nil {
		if !absent(err) {
			a.problem(name, err)
		}
		return nil
	}
	names := make([]string, 0, len(entries))
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), ".") {
			names = append(names, entry.Name())
		}
	}
	return names
}

// parsed records what a parser could not make sense of.
func (a *area) parsed(name string, err error) {
	if err != nil {
		a.problem(name, err)
	}
}

// exists says whether a path leads to something.
func (c *capture) exists(name string) bool {
	_, err := c.host.Stat(name)
	return err == nil
}

// line reads a file of one line, as sysfs and /etc have many; "" when there is none.
func (c *capture) line(name string) string {
	content, err := c.host.ReadFile(name, maxFileSize)
	if err != nil {
		return ""
	}
	text, _, _ := strings.Cut(string(content.Data), "\n")
	return strings.TrimSpace(text)
}

// connect opens the system bus once for all collectors.
func (c *capture) connect() (Bus, error) {
	if c.bus == nil && c.busError == nil {
		bus, err := c.host.Bus(c.ctx)
		if err != nil {
			c.busError = err
		} else {
			c.called("org.freedesktop.DBus.Hello") // how every connection begins
			c.bus = &recordedBus{Bus: bus, capture: c}
		}
	}
	return c.bus, c.busError
}

// recordedBus remembers which methods were called.
type recordedBus struct {
	Bus
	capture *capture
}

func (b *recordedBus) Call(ctx context.Context, service string, path dbus.ObjectPath, method string, args ...any) ([]any, error) {
	c := b.capture
	c.called(method)
	body, err := b.Bus.Call(ctx, service, path, method, args...)
	c.log.Debug("call", "service", service, "path", path, "method", method, "error", err)
	return body, err
}

func (b *recordedBus) Signals(ctx context.Context, service, iface string) (<-chan *dbus.Signal, func(), error) {
	signals, stop, err := b.Bus.Signals(ctx, service, iface)
	if err != nil {
		return nil, nil, err
	}
	b.capture.called("org.freedesktop.DBus.AddMatch")
	return signals, func() {
		b.capture.called("org.freedesktop.DBus.RemoveMatch")
		stop()
	}, nil
}

func (c *capture) called(method string) {
	c.callsLock.Lock()
	defer c.callsLock.Unlock()
	c.calls[method] = true
}
