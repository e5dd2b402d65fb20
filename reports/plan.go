package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// PlanOf is how the hosts of a run are converted.
func PlanOf(r Run) (plan.Plan, error) {
	out := plan.Plan{
		Schema: plan.Version, Tool: r.Tool, Target: r.Target, Release: r.Release,
		Digests: plan.Digests{Rules: r.Rules, Catalog: r.Catalog}, Hosts: []plan.Host{},
	}
	if r.Answers != nil {
		out.Digests.Answers = r.Answers.Digest
	}
	for _, h := range r.Hosts {
		one, err := planOf(h)
		if err != nil {
			return plan.Plan{}, err
		}
		out.Hosts = append(out.Hosts, one)
	}
	return out, nil
}

func planOf(h Host) (plan.Host, error) { return plan.Of(h.Host, field(h.Tree, "host", "machine_id")) }

// Plan renders how the hosts of a run are converted.
func Plan(r Run) ([]byte, error) {
	p, err := PlanOf(r)
	if err != nil {
		return nil, err
	}
	return encode(p)
}

// planLine is the plan of a host in a line.
func planLine(h Host) (string, error) {
	p, err := planOf(h)
	if err != nil {
		return "", err
	}
	cells := []string{plural(len(p.Steps), "step")}
	if len(p.Steps) > 0 {
		cells = append(cells, "about "+duration(p.Seconds(plan.OnPVE)+p.Seconds(plan.OnTrial)))
	}
	refused := len(p.Refused())
	if refused > 0 {
		cells = append(cells, fmt.Sprintf("%d in the way", refused))
	}
	if n := len(p.Inhibitors) - refused; n > 0 {
		cells = append(cells, plural(n, "warning"))
	}
	return strings.Join(cells, ", "), nil
}

// duration is a time as people say it: in seconds below two minutes, in minutes above, rounded up.
func duration(seconds int) string {
	if seconds < 120 {
		return fmt.Sprintf("%d s", seconds)
	}
	return fmt.Sprintf("%d min", (seconds+59)/60)
}

// planWidth is how wide the text of a plan is.
const planWidth = 100

// PlanText is a plan as a careful operator reads it before anything is done: what stands in the way, what is written
// where, in which order, how each step is checked and taken back, and how long it takes.
func PlanText(p plan.Plan, h plan.Host) string {
	t := &planText{}
	t.line("%s: from Proxmox VE to NixOS %s, target %s", h.Name, p.Release, p.Target)
	t.line("")
	t.field("machine", cmp.Or(h.MachineID, "not known"))
	t.field("snapshot", short(h.Snapshot))
	t.field("configuration", short(h.Configuration))
	answers := "none"
	if p.Digests.Answers != "" {
		answers = short(p.Digests.Answers)
	}
	t.field("made from", fmt.Sprintf("rules %s, catalog %s, answers %s", short(p.Digests.Rules), short(p.Digests.Catalog), answers))
	t.field("side root", layoutWords(h.Layout))
	t.field("started by", bootWords(h.Boot))
	if len(h.Steps) > 0 {
		t.field("time", fmt.Sprintf("about %s up to the trial, %s after the commit", duration(h.Seconds(plan.OnPVE)), duration(h.Seconds(plan.OnTrial))))
	}
	t.inhibitors("What stands in the way", h.Refused())
	t.inhibitors("Warnings", slices.DeleteFunc(slices.Clone(h.Inhibitors), func(i plan.Inhibitor) bool { return i.Level == plan.Refuse }))
	if len(h.Steps) == 0 {
		t.heading("No steps")
		t.paragraph("  ", "There is no plan for this host. Nothing would be done.")
		return t.b.String()
	}
	t.heading("What is written")
	for _, touched := range touches(h) {
		t.item(touched)
	}
	t.paragraph("  ", "Nothing else is, but for the journal and the checkpoint below "+plan.StateAt+": all else of the root of Proxmox VE, of the database behind /etc/pve and of the disks of guests is only read until the commit.")
	t.steps("On Proxmox VE, up to the trial", h, plan.OnPVE)
	t.steps("On the new system, after the commit from outside", h, plan.OnTrial)
	t.heading("The way back")
	t.paragraph("  ", "Until the restart: pve2nix rollback takes the steps back in the opposite order, each as said above. A step that fails is taken back by itself, with all before it.")
	t.paragraph("  ", "In the trial: restart, or wait. Without a commit from outside by the deadline the machine restarts into Proxmox VE, which is the default all the time.")
	t.paragraph("  ", "After the commit: pve2nix rollback makes Proxmox VE the default again. Its root is kept; what guests wrote since stays in their disks.")
	return t.b.String()
}

func short(digest string) string { return digest[:min(len(digest), 12)] }

func layoutWords(l plan.Layout) string {
	switch l.Kind {
	case "zfs":
		return fmt.Sprintf("data set %s, beside that of Proxmox VE", l.Root)
	case "lvm-thin":
		return fmt.Sprintf("thin volume %s of %d GiB in the pool %s", l.Root, l.Bytes>>30, l.Source)
	case "lvm":
		return fmt.Sprintf("logical volume %s of %d GiB in the group %s", l.Root, l.Bytes>>30, l.Source)
	case "btrfs":
		return fmt.Sprintf("subvolume %s on %s", l.Subvolume, l.Source)
	}
	return "there is no place for one"
}

func bootWords(b plan.Boot) string {
	var with string
	switch b.Kind {
	case "systemd-boot":
		with = "systemd-boot, by its variable for one boot"
	case "grub-uefi":
		with = "the firmware, by BootNext"
	case "grub-bios":
		with = "GRUB, by a note on the EFI system partition that it clears first"
	default:
		return "no way is known"
	}
	uuids := make([]string, len(b.ESPs))
	for i, e := range b.ESPs {
		uuids[i] = e.UUID
	}
	return with + "; files on " + strings.Join(uuids, ", ")
}

// touches are the things that the steps write, each once, in the order of the steps.
func touches(h plan.Host) []string {
	var out []string
	for _, s := range h.Steps {
		for _, what := range s.Touches {
			if !slices.Contains(out, what) {
				out = append(out, what)
			}
		}
	}
	return out
}

// planText collects lines; whatever comes from a host is kept on its line and from steering a terminal.
type planText struct{ b strings.Builder }

func (t *planText) line(format string, args ...any) {
	t.b.WriteString(strings.TrimRight(Plain(fmt.Sprintf(format, args...)), " ") + "\n")
}

func (t *planText) heading(text string) {
	t.line("")
	t.line("%s", text)
}

func (t *planText) field(name, value string) {
	const column = 15
	t.wrapped(fmt.Sprintf("%-*s", column, name), strings.Repeat(" ", column), value)
}

func (t *planText) item(text string) { t.wrapped("  - ", "    ", text) }

func (t *planText) paragraph(indent, text string) { t.wrapped(indent, indent, text) }

// wrapped writes a text between words, the first line after one thing and the others after another.
func (t *planText) wrapped(first, rest, text string) {
	line, empty := first, true
	for _, word := range strings.Fields(text) {
		if !empty && len([]rune(line))+1+len([]rune(word)) > planWidth {
			t.line("%s", line)
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	t.line("%s", line)
}

func (t *planText) inhibitors(heading string, list []plan.Inhibitor) {
	if len(list) == 0 {
		return
	}
	t.heading(heading)
	for _, i := range list {
		t.wrapped("  ", "  ", i.ID+": "+i.Title)
		t.paragraph("    ", i.Text)
		if i.Accepted != "" {
			t.wrapped("    accepted: ", "      ", i.Accepted)
		} else {
			t.wrapped("    do: ", "      ", i.Remedy)
		}
	}
}

func (t *planText) steps(heading string, h plan.Host, where string) {
	n, seconds := 0, 0
	for _, s := range h.Steps {
		if s.Where != where {
			continue
		}
		if n == 0 {
			t.heading(heading)
		}
		n++
		t.wrapped(fmt.Sprintf("  %2d. ", n), "      ", fmt.Sprintf("%s (%s, %s)", s.Do, s.ID, duration(s.Seconds)))
		t.wrapped("      check: ", "        ", s.Verify)
		t.wrapped("      undo:  ", "        ", s.Undo)
		seconds += s.Seconds
	}
	if n > 1 {
		t.line("      %s, about %s", plural(n, "step"), duration(seconds))
	}
}
