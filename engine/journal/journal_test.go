package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

// memory is a file in memory that may have no room left.
type memory struct {
	data  []byte
	limit int
	sync  error
}

func (m *memory) ReadAt(p []byte, off int64) (int, error) {
	if n := copy(p, m.data[off:]); n < len(p) {
		return n, io.EOF
	}
	return len(p), nil
}

func (m *memory) WriteAt(p []byte, off int64) (int, error) {
	room := len(p)
	if m.limit > 0 {
		room = min(room, max(0, m.limit-int(off)))
	}
	m.data = append(m.data[:off], p[:room]...)
	if room < len(p) {
		return room, errors.New("no space left on device")
	}
	return len(p), nil
}

func (m *memory) Truncate(size int64) error { m.data = m.data[:size]; return nil }
func (m *memory) Sync() error               { return m.sync }

func clock() func() time.Time {
	t := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
	return func() time.Time { t = t.Add(1500 * time.Millisecond); return t }
}

func written(t testing.TB) *memory {
	t.Helper()
	m := &memory{}
	w, err := Open(m, 0, clock())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []Record{
		{Run: "r1", Event: Begin, Data: json.RawMessage(`{"host":"pve"}`)},
		{Event: Intent, Step: "root.create", State: json.RawMessage(`{"made":false}`)},
		{Event: Done, Step: "root.create"},
		{Event: Note, Text: "a < b & \"c\"\nd \u2028 é"},
		{Event: End, Outcome: Staged},
	} {
		if err := w.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	m := written(t)
	records, torn, err := Read(m.data)
	if err != nil || torn != 0 || len(records) != 5 {
		t.Fatal(len(records), torn, err)
	}
	if r := records[3]; r.Text != "a < b & \"c\"\nd \u2028 é" || r.Run != "r1" || r.Seq != 4 {
		t.Errorf("%+v", r)
	}
	w, err := Open(m, int64(len(m.data)), clock())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(Record{Event: Resume}); err != nil {
		t.Fatal(err)
	}
	if records, _, err = Read(m.data); err != nil || records[5].Previous != records[4].Hash {
		t.Error(err)
	}
}

// No byte of a journal can be another one, and no line can be taken out, doubled or moved.
func TestEveryChangeIsSeen(t *testing.T) {
	data := written(t).data
	for i := range data {
		for _, c := range []byte{data[i] ^ 1, data[i] ^ 0x20, ' ', '\n', 0} {
			if c == data[i] {
				continue
			}
			other := bytes.Clone(data)
			other[i] = c
			records, torn, err := Read(other)
			if err == nil && len(records) == 5 {
				t.Fatalf("byte %d may be %q: torn %d", i, c, torn)
			}
			if err == nil && i < len(data)-1 {
				t.Fatalf("byte %d may be %q: %d records, torn %d", i, c, len(records), torn)
			}
		}
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	lines = lines[:len(lines)-1]
	with := func(list ...[]byte) error {
		_, _, err := Read(bytes.Join(list, nil))
		return err
	}
	for i := range lines {
		if i < len(lines)-1 && with(slices.Delete(slices.Clone(lines), i, i+1)...) == nil {
			t.Errorf("line %d may be missing", i+1)
		}
		if with(slices.Insert(slices.Clone(lines), i, lines[i])...) == nil {
			t.Errorf("line %d may be there twice", i+1)
		}
		for k := range i {
			moved := slices.Clone(lines)
			moved[i], moved[k] = moved[k], moved[i]
			if with(moved...) == nil {
				t.Errorf("lines %d and %d may change places", k+1, i+1)
			}
		}
	}
}

// Lines at the end may be gone: only who knows the last hash sees it.
func TestHead(t *testing.T) {
	data := written(t).data
	all, _, _ := Read(data)
	short, torn, err := Read(data[:bytes.LastIndexByte(data[:len(data)-1], '\n')+1])
	if err != nil || torn != 0 || Head(short) == Head(all) || Head(short) != all[3].Hash {
		t.Error(len(short), torn, err)
	}
}

// Wherever the power goes, the records before are read, and the next one follows them.
func TestTornAnywhere(t *testing.T) {
	data := written(t).data
	for cut := range len(data) {
		records, torn, err := Read(data[:cut])
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if want := bytes.Count(data[:cut], []byte("\n")); len(records) != want || torn != cut-(bytes.LastIndexByte(data[:cut], '\n')+1) {
			t.Fatalf("cut at %d: %d records, torn %d", cut, len(records), torn)
		}
		m := &memory{data: bytes.Clone(data[:cut])}
		w, err := Open(m, int64(cut), clock())
		if err != nil {
			t.Fatal(err)
		}
		next := Record{Event: Resume}
		if len(records) == 0 {
			next = Record{Event: Begin, Run: "r2"}
		}
		if err := w.Append(next); err != nil {
			t.Fatal(err)
		}
		if after, torn, err := Read(m.data); err != nil || torn != 0 || len(after) != len(records)+1 {
			t.Fatalf("cut at %d: then %d records, torn %d, %v", cut, len(after), torn, err)
		}
	}
}

// A full disk leaves a journal that can be read, and the next record follows once there is room.
func TestFullDisk(t *testing.T) {
	whole := written(t).data
	for limit := 1; limit < len(whole); limit += 7 {
		m := &memory{limit: limit}
		w, err := Open(m, 0, clock())
		if err != nil {
			t.Fatal(err)
		}
		failed := 0
		for i := range 5 {
			r := Record{Event: Note, Text: strings.Repeat("x", 50*i)}
			if i == 0 {
				r = Record{Event: Begin, Run: "r"}
			}
			if w.Append(r) != nil {
				failed++
				break
			}
		}
		m.limit = 0
		r := Record{Event: Note, Text: "room"}
		if len(w.Records()) == 0 {
			r = Record{Event: Begin, Run: "r"}
		}
		if err := w.Append(r); err != nil {
			t.Fatal(err)
		}
		if records, torn, err := Read(m.data); err != nil || torn != 0 || len(records) != len(w.Records()) {
			t.Errorf("limit %d (%d failed): %d records, %v", limit, failed, len(records), err)
		}
	}
}

func TestWhatIsNoJournalIsRefused(t *testing.T) {
	line := func(r Record) string {
		b, err := encode(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, c := range []struct{ data, want string }{
		{"hello\n", "1: not a record"},
		{line(Record{Seq: 1, Event: Note, Previous: zero}), "1: a journal begins once"},
		{line(Record{Seq: 1, Event: Begin, Previous: zero}), `1: schema ""`},
		{line(Record{Seq: 1, Event: Begin, Previous: zero, Schema: "pve2nix.journal/v9"}), "reads pve2nix.journal/v1"},
		{line(Record{Seq: 2, Event: Begin, Previous: zero, Schema: Version}), "1: record 2 stands here"},
		{"{}\n", "1: changed after it was written"},
		{"{} {}\n", "1: more than one record"},
		{"{\"sequence\":1}\n", "unknown field"},
	} {
		if _, _, err := Read([]byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v", c.data, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(written(f).data)
	f.Add([]byte("{}\n"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, torn, err := Read(data)
		if err != nil {
			return
		}
		var again []byte
		for _, r := range records {
			line, err := encode(r)
			if err != nil {
				t.Fatal(err)
			}
			again = append(again, line...)
		}
		if !bytes.Equal(again, data[:len(data)-torn]) {
			t.Fatal("what was read is not what is there")
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	m := &memory{}
	w, _ := Open(m, 0, clock())
	_ = w.Append(Record{Run: "r", Event: Begin})
	for i := 0; b.Loop(); i++ {
		_ = w.Append(Record{Event: Note, Text: fmt.Sprint(i)})
	}
}
