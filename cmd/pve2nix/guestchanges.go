package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/api/running"
	"github.com/pve2nix/pve2nix/engine/bridge/migrate"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/engine/validate"
	"github.com/pve2nix/pve2nix/reports"
)

// maxGuestFile bounds a file below /etc/pve: pmxcfs takes 1 MiB.
const maxGuestFile = 1 << 20

// guestDocuments are the kinds of documents that define guests, with who reads them. A document of a container is called by its number.
var guestDocuments = map[string]func(name string, text []byte) (migrate.Guest, error){
	"domains":   func(_ string, text []byte) (migrate.Guest, error) { return migrate.Domain(text) },
	"instances": func(_ string, text []byte) (migrate.Guest, error) { return migrate.Instance(text) },
	"containers": func(name string, text []byte) (migrate.Guest, error) {
		vmid, is := vmidOfFile(name + ".conf")
		if !is {
			return migrate.Guest{}, fmt.Errorf("%q is no number of a container", name)
		}
		return migrate.Container(vmid, text)
	},
}

// Where NixOS has the configuration that a unit gives a container at each start, and the names of units that start with the host.
const (
	containersAt = "/etc/lxc"
	startedAt    = "/etc/systemd/system/multi-user.target.wants"
)

// containerUnit is the unit that runs a container, without its end.
func containerUnit(vmid int) string { return "lxc-" + strconv.Itoa(vmid) }

// guestsSince looks what became of the guests on NixOS, says it, and keeps it in the folder of the run for Proxmox VE. That
// it cannot be said ends no rollback.
func (c *converter) guestsSince(ctx context.Context, run string) {
	guests, notes, err := c.guestChanges(ctx)
	for _, n := range notes {
		fmt.Fprintf(c.stderr, "  %s\n", reports.Plain(n))
	}
	if err != nil {
		fmt.Fprintf(c.stderr, "what became of the guests cannot be said for Proxmox VE: %s\n", reports.Plain(err.Error()))
		return
	}
	if len(guests) == 0 {
		return
	}
	text, err := json.MarshalIndent(migrate.Record{Schema: migrate.RecordVersion, Run: run, Guests: guests}, "", "  ")
	if err == nil {
		err = execute.KeepGuests(c.sys, run, append(text, '\n'))
	}
	if err != nil {
		fmt.Fprintf(c.stderr, "what became of the guests is not kept: %s\n", reports.Plain(err.Error()))
		return
	}
	fmt.Fprintf(c.stderr, "kept in %s; on Proxmox VE, pve2nix bridge configuration writes their files as they would be\n", path.Join(execute.RunsAt, run, execute.GuestsFile))
}

// guestChanges are the guests that are not as the conversion made them, and what there is to say beside.
func (c *converter) guestChanges(ctx context.Context) (guests []migrate.Recorded, notes []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, captureTimeout)
	defer cancel()
	text, err := c.whole(execute.GuardChecks, snapshot.MaxSize)
	if err != nil {
		return nil, nil, err
	}
	checks, err := validate.ReadBaseline(text)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", execute.GuardChecks, err)
	}
	f, err := c.sys.OpenFile(execute.GuardBaseline, readOnly, 0)
	if err != nil {
		return nil, nil, err
	}
	doc, err := snapshot.Read(f, execute.GuardBaseline)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, nil, err
	}
	if checks.Target == defaultTarget {
		if guests, err = c.guestFiles(doc); err != nil {
			return nil, nil, err
		}
		notes, err = c.containerChanges(ctx, doc, guests)
		return guests, notes, err
	}
	if c.definitions == nil {
		return nil, nil, errors.New("nobody is there who could be asked")
	}
	before, err := c.guestsBefore(ctx, doc, checks.Target)
	if err != nil {
		return nil, nil, err
	}
	said, err := c.definitions(ctx, checks.Target)
	if err != nil {
		return nil, nil, err
	}
	now, notes := definedGuests(said, checks.Target == "libvirt")
	containers, more, err := c.containersNow(before)
	if err != nil {
		return nil, nil, err
	}
	guests, changes := comparedGuests(before, append(now, containers...))
	return guests, slices.Concat(notes, more, changes), nil
}

// containerChanges puts what became of containers beside their files: plain LXC runs them where PVE's own manager has the
// machines, and nobody writes into the files what is changed in its configuration.
func (c *converter) containerChanges(ctx context.Context, doc *snapshot.Document, guests []migrate.Recorded) ([]string, error) {
	if names, err := c.containerFiles(); err != nil || len(names) == 0 {
		return nil, err
	}
	before, err := c.guestsBefore(ctx, doc, defaultTarget)
	if err != nil {
		return nil, err
	}
	now, notes, err := c.containersNow(before)
	if err != nil {
		return nil, err
	}
	changed, changes := comparedGuests(before, now)
	for _, g := range changed {
		at := slices.IndexFunc(guests, func(file migrate.Recorded) bool { return file.VMID == g.VMID && file.Kind == g.Kind })
		if at < 0 {
			notes = append(notes, fmt.Sprintf("guest %d: Proxmox VE has no file of it", g.VMID))
			continue
		}
		guests[at].Changes = g.Changes
	}
	return append(notes, changes...), nil
}

// containerFiles are the configurations of containers that the rules, or somebody after them, made.
func (c *converter) containerFiles() (names []string, err error) {
	entries, err := c.sys.ReadDir(containersAt)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if _, is := vmidOfFile(e.Name()); is {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// containersNow are the containers that plain LXC runs. What a unit gives LXC counts: it is put in the place of what stands there.
func (c *converter) containersNow(before map[int]migrate.Guest) (out []migrate.Guest, notes []string, err error) {
	names, err := c.containerFiles()
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		file := path.Join(containersAt, name)
		vmid, _ := vmidOfFile(name)
		text, err := c.whole(file, maxGuestFile)
		var g migrate.Guest
		if err == nil {
			g, err = migrate.Container(vmid, text)
		}
		if err != nil {
			notes = append(notes, fmt.Sprintf("guest %d cannot be read: %s", vmid, err))
			delete(before, vmid) // it is there
			continue
		}
		if old := before[vmid]; old.OnBoot != nil {
			_, err := c.sys.Lstat(path.Join(startedAt, containerUnit(vmid)+".service"))
			g.OnBoot = new(err == nil)
		}
		out = append(out, g)
	}
	return out, notes, nil
}

// whole is a file of the machine.
func (c *converter) whole(name string, limit int64) ([]byte, error) {
	f, err := c.sys.OpenFile(name, readOnly, 0)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err = errors.Join(err, f.Close()); err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("%s: is larger than %d bytes", name, limit)
	}
	return data, err
}

// guestFolders are where PVE has the files of guests, below the folder of a node, with their kinds.
var guestFolders = map[string]string{"qemu-server": migrate.QEMU, "lxc": migrate.LXC}

// guestFiles are the files of guests where PVE's own manager goes on: they say it themselves.
func (c *converter) guestFiles(doc *snapshot.Document) (out []migrate.Recorded, err error) {
	host, _ := doc.Tree["host"].(map[string]any)
	node, _ := host["name"].(string)
	if node == "" || strings.ContainsAny(node, "/\x00") || strings.HasPrefix(node, ".") {
		return nil, fmt.Errorf("%s: %q is no node", execute.GuardBaseline, node)
	}
	for _, folder := range []string{"qemu-server", "lxc"} {
		dir := path.Join("/etc/pve/nodes", node, folder)
		entries, err := c.sys.ReadDir(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			vmid, is := vmidOfFile(e.Name())
			if !is || !e.Type().IsRegular() {
				continue
			}
			text, err := c.whole(path.Join(dir, e.Name()), maxGuestFile)
			if err != nil {
				return nil, err
			}
			out = append(out, migrate.Recorded{VMID: vmid, Kind: guestFolders[folder], File: string(text)})
		}
	}
	return out, nil
}

func vmidOfFile(name string) (int, bool) {
	text, is := strings.CutSuffix(name, ".conf")
	vmid, err := strconv.Atoi(text)
	return vmid, is && err == nil && vmid > 0 && strconv.Itoa(vmid) == text
}

// guestsBefore are the guests as the conversion made them: the same rules over the same snapshot.
func (c *converter) guestsBefore(ctx context.Context, doc *snapshot.Document, target string) (map[int]migrate.Guest, error) {
	engine, err := c.engine(ctx, evalFlags{target: target, release: defaultRelease})
	if err != nil {
		return nil, err
	}
	host, err := engine.Evaluate(ctx, doc)
	if err != nil {
		return nil, err
	}
	started, units := map[string]bool{}, map[string]bool{}
	for _, o := range host.Options {
		if len(o.Option) > 3 && o.Option[0] == "systemd" && o.Option[1] == "services" {
			units[o.Option[2]] = true
			started[o.Option[2]] = started[o.Option[2]] || o.Option[3] == "wantedBy"
		}
	}
	out := map[int]migrate.Guest{}
	for _, d := range host.Documents {
		read := guestDocuments[d.Kind]
		if read == nil {
			continue
		}
		text, err := d.Render()
		if err != nil {
			return nil, err
		}
		g, err := read(d.Name, text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.File, err)
		}
		if unit := containerUnit(g.VMID); d.Kind == "containers" && units[unit] {
			g.OnBoot = new(started[unit])
		}
		if d.Kind == "domains" { // the rules start guests by a unit of their own
			g.OnBoot = new(bool)
		}
		out[g.VMID] = g
	}
	return out, nil
}

// definedGuests reads what libvirt or Incus say.
func definedGuests(said []running.Definition, domains bool) (out []migrate.Guest, notes []string) {
	for _, d := range said {
		read := migrate.Instance
		if domains {
			read = migrate.Domain
		}
		g, err := read(d.Text)
		if err != nil {
			notes = append(notes, "a guest cannot be read: "+err.Error())
			continue
		}
		if domains {
			g.OnBoot = d.Autostart
		}
		out = append(out, g)
	}
	return out, notes
}

// comparedGuests are the changes of each guest, and what is no change of one.
func comparedGuests(before map[int]migrate.Guest, now []migrate.Guest) (out []migrate.Recorded, notes []string) {
	seen := map[int]bool{}
	for _, g := range now {
		old, known := before[g.VMID]
		switch {
		case !known:
			notes = append(notes, fmt.Sprintf("%q is new: Proxmox VE has no file of it", g.Name))
			continue
		case seen[g.VMID]:
			notes = append(notes, fmt.Sprintf("%q says that it is guest %d, as another one does", g.Name, g.VMID))
			continue
		}
		seen[g.VMID] = true
		changes := migrate.Changes(old, g)
		if len(changes) == 0 {
			continue
		}
		for _, ch := range changes {
			notes = append(notes, fmt.Sprintf("guest %d: %s", g.VMID, ch))
		}
		out = append(out, migrate.Recorded{VMID: g.VMID, Kind: old.Kind, Changes: changes})
	}
	var gone []int
	for vmid := range before {
		if !seen[vmid] {
			gone = append(gone, vmid)
		}
	}
	slices.Sort(gone)
	for _, vmid := range gone {
		notes = append(notes, fmt.Sprintf("guest %d is not there: Proxmox VE has its file still", vmid))
	}
	return out, notes
}

func newConfigurationCommand() *cobra.Command {
	var changes, etc, out string
	cmd := &cobra.Command{
		Use:   "configuration",
		Short: "Write on Proxmox VE the files of guests that were changed on NixOS",
		Long: `configuration proposes, after a rollback, what the files of guests would be with what was
changed on NixOS: memory, processors, name, description, start, cards, disks. Each file
is written below --out; those of Proxmox VE are read and never written. Look at the
difference, and copy what you want.

The changes are those that the rollback on NixOS kept in its root, which is looked into
for it; --changes names a copy.

Sizes of disks on the target libvirt are not among them: qm disk rescan reads them from
the storage.`,
		Example: "  pve2nix bridge configuration --out proposed\n  diff /etc/pve/qemu-server/100.conf proposed/qemu-server/100.conf",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return &usageError{"bridge configuration: say with --out where to", "pve2nix bridge configuration --out proposed"}
			}
			text, name, err := recordOf(cmd, changes)
			if err != nil {
				return err
			}
			record, err := migrate.ReadRecord(text)
			if err != nil {
				return &inputError{fmt.Errorf("%s: %w", name, err)}
			}
			return proposeGuests(cmd.OutOrStdout(), record, etc, out)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&out, "out", "", "the `FOLDER` to write to; files that are there are left")
	cmd.Flags().StringVar(&changes, "changes", "", "`FILE` with the changes (default the one in the root of NixOS)")
	cmd.Flags().StringVar(&etc, "etc", "/etc/pve", "`FOLDER` of the files of Proxmox VE")
	cmd.AddCommand(newOldJobsCommand(), newOldGroupsCommand())
	return cmd
}

// recordOf is the record of changes, and what it is called.
func recordOf(cmd *cobra.Command, file string) ([]byte, string, error) {
	if file != "" {
		text, err := readInput(file)
		return text, file, err
	}
	c, err := newConverter(cmd)
	if err != nil {
		return nil, "", err
	}
	if on, err := c.onNixOS(); err != nil || on {
		return nil, "", errors.Join(err, &refusal{"bridge configuration: this is NixOS", "run it on Proxmox VE after a rollback, or name the changes with --changes"})
	}
	release, err := c.lock()
	if err != nil {
		return nil, "", err
	}
	defer release()
	past, err := execute.LastPast(c.sys)
	if err != nil {
		return nil, "", err
	}
	if past == nil {
		return nil, "", &refusal{"bridge configuration: there was no run", "name the changes with --changes"}
	}
	text, err := past.Guests(cmd.Context(), c.sys)
	if err == nil && text == nil {
		err = errors.New("its root of NixOS says nothing of guests: no rollback was made there, or nothing had changed")
	}
	if err != nil {
		return nil, "", &refusal{fmt.Sprintf("run %s: %s", past.Name, err), "name the changes with --changes"}
	}
	return text, execute.GuestsFile, nil
}

// readInput is a file that somebody named.
func readInput(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, snapshot.MaxSize))
	if err != nil {
		return nil, unreadable(err)
	}
	return text, nil
}

// proposeGuests writes a file for each guest that would have another one.
func proposeGuests(w io.Writer, record *migrate.Record, etc, out string) error {
	var storages []migrate.Storage
	switch text, err := readInput(filepath.Join(etc, "storage.cfg")); {
	case err == nil:
		sections, _ := formats.Sections("/etc/pve/storage.cfg", text, formats.Storage)
		storages = migrate.Storages(sections)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	written, failed := 0, 0
	for _, g := range record.Guests {
		folder := "qemu-server"
		if g.Kind == migrate.LXC {
			folder = "lxc"
		}
		name := filepath.Join(folder, strconv.Itoa(g.VMID)+".conf")
		p, err := proposal(g, filepath.Join(etc, name), storages)
		if err == nil && len(p.Lines) > 0 {
			err = writeNew(filepath.Join(out, name), p.Text)
		}
		if err != nil {
			failed++
			fmt.Fprintf(w, "%s: %s\n", name, reports.Plain(err.Error()))
			continue
		}
		if len(p.Lines) == 0 && len(p.Left) == 0 {
			continue
		}
		if len(p.Lines) > 0 {
			written++
			fmt.Fprintf(w, "%s\n", filepath.Join(out, name))
		} else {
			fmt.Fprintf(w, "%s: stays\n", name)
		}
		for _, l := range p.Lines {
			if l.Before != "" {
				fmt.Fprintf(w, "  - %s\n", reports.Plain(l.Before))
			}
			if l.After != "" {
				fmt.Fprintf(w, "  + %s\n", reports.Plain(l.After))
			}
		}
		for _, left := range p.Left {
			fmt.Fprintf(w, "  not in it: %s\n", reports.Plain(left))
		}
	}
	if written == 0 && failed == 0 {
		_, err := fmt.Fprintln(w, "no file would be another one")
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d guests have no proposal", failed, len(record.Guests))
	}
	return nil
}

// proposal reads the guest's file and proposes another one. Files that PVE has removed since are not made again.
func proposal(g migrate.Recorded, file string, storages []migrate.Storage) (*migrate.Proposal, error) {
	original, err := readInput(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("there is no such guest on Proxmox VE")
	}
	if err != nil {
		return nil, err
	}
	return g.Propose(original, storages)
}

// writeNew writes a file that is not there yet, for its owner alone: guests have secrets.
func writeNew(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

func newOldJobsCommand() *cobra.Command {
	var back bool
	cmd := &cobra.Command{
		Use:   "jobs FILE",
		Short: "Write the backup jobs of vzdump.cron as sections of jobs.cfg",
		Long: `jobs writes the jobs of a vzdump.cron, the form before Proxmox VE 7.1, as sections for
/etc/pve/jobs.cfg, as Proxmox VE does when such a job is saved. Nothing but cron runs the
old form, and NixOS does not. With --back it reads jobs.cfg and writes lines of the old
form. What has no counterpart is named on the standard error.`,
		Example: "  pve2nix bridge configuration jobs /etc/pve/vzdump.cron",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := readInput(args[0])
			if err != nil {
				return err
			}
			write := migrate.Jobs
			if back {
				write = migrate.JobsBack
			}
			made, left := write(text)
			return migrated(cmd, made, left)
		},
	}
	cmd.Flags().BoolVar(&back, "back", false, "from jobs.cfg to lines of vzdump.cron")
	return cmd
}

func newOldGroupsCommand() *cobra.Command {
	var resources bool
	cmd := &cobra.Command{
		Use:   "rules GROUPS RESOURCES",
		Short: "Write the groups of the HA manager as rules",
		Long: `rules writes the groups of ha/groups.cfg, the form before Proxmox VE 9, as sections for
ha/rules.cfg, as Proxmox VE 9 does it itself once all nodes have it. With --resources it
writes ha/resources.cfg as it is without the groups.`,
		Example: "  pve2nix bridge configuration rules /etc/pve/ha/groups.cfg /etc/pve/ha/resources.cfg",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var texts [2][]byte
			for i, name := range args {
				var err error
				if texts[i], err = readInput(name); err != nil {
					return err
				}
			}
			made, without, left := migrate.Rules(texts[0], texts[1])
			if resources {
				made = without
			}
			return migrated(cmd, made, left)
		},
	}
	cmd.Flags().BoolVar(&resources, "resources", false, "write the resources without their groups instead")
	return cmd
}

func migrated(cmd *cobra.Command, made string, left []string) error {
	for _, l := range left {
		warn("%s", reports.Plain(l))
	}
	_, err := io.WriteString(cmd.OutOrStdout(), made)
	return err
}
