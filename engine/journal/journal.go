// Package journal is the log of a run: one line a record, written out to the disk
// before what it announces is done, each with the hash of the one before it.
// It is what a run that was cut off goes on from, and what an auditor reads.
package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Version is the value of the field "schema" of the first record.
const Version = "pve2nix.journal/v1"

// Event says what a record is about.
type Event string

// The events of a run.
const (
	// Begin is the first record of a journal.
	Begin Event = "begin"
	// Resume says that the run goes on, or is taken back, in another process.
	Resume Event = "resume"
	// Intent announces a step. State is what its undo needs.
	Intent Event = "intent"
	// Done says that a step was done, and seen to be.
	Done Event = "done"
	// Failed says that a step was not.
	Failed Event = "failed"
	// Undoing announces that a step is taken back; Undone says that it was; Stuck that it could not be.
	Undoing Event = "undoing"
	Undone  Event = "undone"
	Stuck   Event = "stuck"
	// Note is something worth knowing: an inhibitor that was only a warning, a check that failed.
	Note Event = "note"
	// End closes a phase of the run; Outcome says how.
	End Event = "end"
)

// Outcomes of a run.
const (
	// Staged: all is in place, PVE is the default, the next boot is the trial.
	Staged = "staged"
	// Committed: the new system is the default.
	Committed = "committed"
	// RolledBack: everything that the run did was taken back.
	RolledBack = "rolled-back"
	// RollbackFailed: something could not be taken back; the records before say what.
	RollbackFailed = "rollback-failed"
)

// Record is a line of a journal.
type Record struct {
	// Schema is there in the first record alone.
	Schema string `json:"schema,omitempty"`
	// Seq counts from 1.
	Seq int `json:"seq"`
	// Time is that of the machine, in UTC.
	Time time.Time `json:"time"`
	// Run is the name of the run.
	Run   string `json:"run"`
	Event Event  `json:"event" schema:"enum=begin|resume|intent|done|failed|undoing|undone|stuck|note|end"`
	// Step is the id of the step; absent where the record is about none.
	Step string `json:"step,omitempty"`
	// State is what the step found before it wrote anything: its undo needs nothing else.
	State json.RawMessage `json:"state,omitempty"`
	// Text says it to a reader.
	Text string `json:"text,omitempty"`
	// Outcome is that of an end.
	Outcome string `json:"outcome,omitempty" schema:"enum=staged|committed|rolled-back|rollback-failed"`
	// Data are the facts of a begin: host, digests, parameters.
	Data json.RawMessage `json:"data,omitempty"`
	// Previous is the hash of the line before this one; 64 zeros in the first.
	Previous string `json:"previous"`
	// Hash is the SHA-256 of this line without it, in hexadecimal.
	Hash string `json:"hash,omitempty"`
}

// zero is what the first record has for the hash of the one before it.
var zero = strings.Repeat("0", 2*sha256.Size)

// maxLine bounds a record: the state of a step is a page or two.
const maxLine = 4 << 20

// Error says where a journal is not what was written.
type Error struct {
	// Line counts from 1.
	Line int
	What string
}

func (e *Error) Error() string { return fmt.Sprintf("%d: %s", e.Line, e.What) }

// Read reads a journal and checks every line. Of a last line that was cut off,
// which is how a power cut looks, torn has the length in bytes; any other fault is an *Error.
// A power cut may also leave a line with its end but without its beginning: what
// was not written out reads as zeros, which no record has.
func Read(data []byte) (records []Record, torn int, err error) {
	previous := zero
	for n := 1; len(data) > 0; n++ {
		line, rest, complete := bytes.Cut(data, []byte("\n"))
		if !complete || lost(line) && len(bytes.Trim(rest, "\x00")) == 0 {
			return records, len(data), nil
		}
		r, err := decode(line)
		if err != nil {
			return records, 0, &Error{n, err.Error()}
		}
		switch {
		case r.Seq != n:
			return records, 0, &Error{n, fmt.Sprintf("record %d stands here: lines are missing, added or in another order", r.Seq)}
		case r.Previous != previous:
			return records, 0, &Error{n, "the line before it is not the one that was written"}
		case (n == 1) != (r.Event == Begin):
			return records, 0, &Error{n, "a journal begins once, with its first record"}
		case (n == 1) != (r.Schema != ""), n == 1 && r.Schema != Version:
			return records, 0, &Error{n, fmt.Sprintf("schema %q: this program reads %s, named in the first record", r.Schema, Version)}
		case n > 1 && r.Run != records[0].Run:
			return records, 0, &Error{n, fmt.Sprintf("run %q: the journal is that of %q", r.Run, records[0].Run)}
		}
		previous = r.Hash
		records = append(records, *r)
		data = rest
	}
	return records, 0, nil
}

// lost says whether parts of a line read as zeros: a block of the disk that was not written out. One byte that is zero is a change by hand.
func lost(line []byte) bool {
	return bytes.HasPrefix(line, make([]byte, 2)) || bytes.Contains(line, make([]byte, 16))
}

// decode reads a line, which must be exactly what encode writes.
func decode(line []byte) (*Record, error) {
	if len(line) > maxLine {
		return nil, errors.New("too long")
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	var r Record
	if err := d.Decode(&r); err != nil {
		return nil, fmt.Errorf("not a record: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one record")
	}
	said := r.Hash
	again, err := encode(r)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, append(bytes.Clone(line), '\n')) {
		return nil, fmt.Errorf("changed after it was written: its hash is %.12s…", said)
	}
	return &r, nil
}

// encode sets the hash of a record and returns its line.
func encode(r Record) ([]byte, error) {
	r.Time = r.Time.UTC()
	r.Hash = ""
	bare, err := marshal(r)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(bare)
	r.Hash = hex.EncodeToString(sum[:])
	return marshal(r)
}

func marshal(r Record) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(r)
	return b.Bytes(), err
}

// File is what a journal is written to: a file that is open for reading and writing.
type File interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Sync() error
}

// Writer appends to a journal.
type Writer struct {
	file    File
	now     func() time.Time
	size    int64
	records []Record
	// stray says that something may stand behind the last record.
	stray bool
}

// Open reads what is in a file and goes on behind it. A last line that was cut off is taken away: what it announced was not done.
func Open(file File, size int64, now func() time.Time) (*Writer, error) {
	data := make([]byte, size)
	if n, err := file.ReadAt(data, 0); int64(n) < size {
		return nil, fmt.Errorf("journal: %w", err)
	}
	records, torn, err := Read(data)
	if err != nil {
		return nil, err
	}
	w := &Writer{file: file, now: now, size: size - int64(torn), records: records}
	if torn > 0 {
		if err := errors.Join(file.Truncate(w.size), file.Sync()); err != nil {
			return nil, fmt.Errorf("journal: %w", err)
		}
	}
	return w, nil
}

// Records are all that stands in the journal.
func (w *Writer) Records() []Record { return w.records }

// Head is the hash of the last record; whoever knows it sees when lines at the end are missing.
func (w *Writer) Head() string { return Head(w.records) }

// Head is the hash of the last of some records.
func Head(records []Record) string {
	if len(records) == 0 {
		return zero
	}
	return records[len(records)-1].Hash
}

// Append writes a record out to the disk: when it returns nil, no power cut takes it away.
// Sequence, time, run and hashes are filled in.
func (w *Writer) Append(r Record) error {
	if w.stray { // what stands behind the last good record would spoil the next one
		if err := w.file.Truncate(w.size); err != nil {
			return fmt.Errorf("journal: %w", err)
		}
		w.stray = false
	}
	r.Seq = len(w.records) + 1
	r.Text = plain(r.Text)
	r.Time = w.now().UTC().Round(0)
	r.Previous = w.Head()
	if r.Seq == 1 {
		r.Schema = Version
	} else {
		r.Run = w.records[0].Run
	}
	line, err := encode(r)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	written, err := decode(line[:len(line)-1])
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if _, err = w.file.WriteAt(line, w.size); err == nil {
		err = w.file.Sync()
	}
	if err != nil {
		w.stray = true
		if cut := errors.Join(w.file.Truncate(w.size), w.file.Sync()); cut == nil {
			w.stray = false
		}
		return fmt.Errorf("journal: %w", err)
	}
	w.size += int64(len(line))
	w.records = append(w.records, *written)
	return nil
}

// maxText bounds the text of a record.
const maxText = 64 << 10

// plain is a text that reads the same when it was written and read: errors quote names that are no UTF-8.
func plain(s string) string {
	if len(s) > maxText {
		s = s[:maxText] + "…"
	}
	return strings.ToValidUTF8(s, "?")
}
