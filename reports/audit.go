package reports

import (
	"fmt"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/journal"
)

// Story tells a journal as a reader wants to hear it: what was done when, how long it took, what failed, and how it ended.
// torn says that the last line was cut off.
func Story(records []journal.Record, torn bool) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if len(records) == 0 {
		p("The journal is empty: nothing was done.")
		return b.String()
	}
	first := records[0]
	p("Run %s, begun %s", Plain(first.Run), first.Time.Format("2006-01-02 15:04:05 UTC"))
	if len(first.Data) > 0 {
		p("  %s", Plain(string(first.Data)))
	}
	p("")
	begun := map[string]time.Time{}
	since := func(r journal.Record) string {
		if t, ok := begun[r.Step]; ok {
			return fmt.Sprintf(" (%s)", r.Time.Sub(t).Round(100*time.Millisecond))
		}
		return ""
	}
	for _, r := range records[1:] {
		at := r.Time.Format("15:04:05")
		switch r.Event {
		case journal.Resume:
			p("%s  --  the run went on in another process%s", at, remark(r))
		case journal.Intent:
			begun[r.Step] = r.Time
			p("%s  do    %s%s", at, Plain(r.Step), remark(r))
		case journal.Done:
			p("%s  done  %s%s", at, Plain(r.Step), since(r))
		case journal.Failed:
			p("%s  FAILED  %s%s%s", at, Plain(r.Step), since(r), remark(r))
		case journal.Undoing:
			begun[r.Step] = r.Time
			p("%s  undo  %s%s", at, Plain(r.Step), remark(r))
		case journal.Undone:
			p("%s  undone  %s%s", at, Plain(r.Step), since(r))
		case journal.Stuck:
			p("%s  STUCK  %s%s", at, Plain(r.Step), remark(r))
		case journal.Note:
			p("%s  note%s", at, remark(r))
		case journal.End:
			p("%s  end   %s", at, outcomes[r.Outcome])
		}
	}
	p("")
	last := records[len(records)-1]
	switch {
	case last.Event != journal.End:
		p("The run was cut off here, after %d records. Rolling it back is safe; so is going on.", len(records))
	case torn:
		p("%d records; a last line was cut off, so what it would have announced was not done.", len(records))
	default:
		p("%d records.", len(records))
	}
	p("Head: %s", last.Hash)
	return b.String()
}

func remark(r journal.Record) string {
	if r.Text == "" {
		return ""
	}
	return ": " + Plain(r.Text)
}

// outcomes are the ends of a run in words.
var outcomes = map[string]string{
	journal.Staged:         "staged: the next start is the trial, and Proxmox VE is the default",
	journal.Committed:      "committed: NixOS is the default, and Proxmox VE is still there",
	journal.RolledBack:     "rolled back: everything that the run did was taken back",
	journal.RollbackFailed: "the rollback did not end: what is stuck stands above",
}
