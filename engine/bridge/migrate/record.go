package migrate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// RecordVersion is the value of the field "schema" of a record.
const RecordVersion = "pve2nix.guests/v1"

// maxRecord bounds a record: PVE has 128 MiB for all of its files.
const maxRecord = 256 << 20

// Record is what became of the guests on the converted host, kept for Proxmox VE.
type Record struct {
	Schema string `json:"schema"`
	Run    string `json:"run"`
	// Guests are those that are not as they were.
	Guests []Recorded `json:"guests"`
}

// Recorded is a guest that is not as it was.
type Recorded struct {
	VMID int    `json:"vmid"`
	Kind string `json:"kind"`
	// Changes are what a manager beside PVE has otherwise; File is the whole file where PVE's own manager has it. Where
	// both are there, the changes come on top of the file.
	Changes []Change `json:"changes,omitempty"`
	File    string   `json:"file,omitempty"`
}

// ReadRecord reads a record strictly.
func ReadRecord(text []byte) (*Record, error) {
	if len(text) > maxRecord {
		return nil, fmt.Errorf("is larger than %d bytes", maxRecord)
	}
	var r Record
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return nil, fmt.Errorf("at byte %d: %w", d.InputOffset(), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("at byte %d: more than one document", d.InputOffset())
	}
	if r.Schema != RecordVersion {
		return nil, fmt.Errorf("/schema: %q is not %s", r.Schema, RecordVersion)
	}
	seen := map[int]bool{}
	for i, g := range r.Guests {
		switch {
		case g.VMID < 1 || g.VMID > 999999999:
			return nil, fmt.Errorf("/guests/%d/vmid: %d is no guest", i, g.VMID)
		case g.Kind != QEMU && g.Kind != LXC:
			return nil, fmt.Errorf("/guests/%d/kind: %q is no kind of guest", i, g.Kind)
		case seen[g.VMID]:
			return nil, fmt.Errorf("/guests/%d/vmid: guest %d is there twice", i, g.VMID)
		}
		seen[g.VMID] = true
		for j, c := range g.Changes {
			if c.Key != "description" && !plain(c.After, 65536) || !plain(c.Key, 64) || !plain(c.Field, 64) {
				return nil, fmt.Errorf("/guests/%d/changes/%d: holds more than a line", i, j)
			}
		}
	}
	return &r, nil
}

// Propose is the guest's file with what became of it. original is the file at PVE.
func (g Recorded) Propose(original []byte, storages []Storage) (*Proposal, error) {
	if g.File == "" {
		return Propose(g.Kind, g.VMID, original, g.Changes, storages)
	}
	if err := checkFile(g.Kind, []byte(g.File)); err != nil {
		return nil, err
	}
	p := &Proposal{Text: []byte(g.File)}
	if len(g.Changes) > 0 {
		var err error
		if p, err = Propose(g.Kind, g.VMID, []byte(g.File), g.Changes, storages); err != nil {
			return nil, err
		}
		p.Lines = nil
	}
	if string(p.Text) != string(original) {
		p.Lines = differing(original, p.Text)
	}
	return p, nil
}

// differing are the lines that one of two texts has and the other has not.
func differing(before, after []byte) []Line {
	count := map[string]int{}
	for line := range bytes.SplitSeq(after, []byte("\n")) {
		count[string(line)]++
	}
	var out []Line
	for line := range bytes.SplitSeq(before, []byte("\n")) {
		if count[string(line)]--; count[string(line)] < 0 {
			out = append(out, Line{string(line), ""})
		}
	}
	for line := range bytes.SplitSeq(after, []byte("\n")) {
		if count[string(line)] > 0 {
			count[string(line)]--
			out = append(out, Line{"", string(line)})
		}
	}
	return out
}
