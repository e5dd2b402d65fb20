package formats

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// maxLVMDepth is more than the nesting of LVM's metadata, which has a segment in a volume in a list in a group.
const maxLVMDepth = 16

// errLVMText is the error of a text that is not LVM's metadata.
var errLVMText = errors.New("not the metadata of a volume group")

// LVMBackup reads a file of /etc/lvm/backup: the metadata of one volume group as LVM last wrote it. What is mapped
// and how full a pool is does not stand in it.
func LVMBackup(data []byte) (snapshot.VolumeGroup, error) {
	group := snapshot.VolumeGroup{Volumes: []string{}, PhysicalVolumes: []string{}, LogicalVolumes: []snapshot.LogicalVolume{}}
	if !bytes.Contains(data, []byte("Text Format Volume Group")) {
		return group, errLVMText
	}
	p := lvmText{rest: bytes.ToValidUTF8(data, []byte("\uFFFD")), line: 1}
	top, err := p.block("", 0)
	for _, b := range top.blocks {
		if b.text("id") != "" {
			return groupOf(b), err
		}
	}
	if err == nil {
		err = errLVMText
	}
	return group, err
}

// groupOf makes a group of its block.
func groupOf(b lvmBlock) snapshot.VolumeGroup {
	extent := product(b.number("extent_size"), sectorBytes)
	group := snapshot.VolumeGroup{
		Name: b.name, UUID: b.text("id"), Volumes: []string{}, PhysicalVolumes: []string{}, LogicalVolumes: []snapshot.LogicalVolume{},
	}
	physical := map[string]bool{}
	extents := int64(0)
	for _, pv := range b.block("physical_volumes").blocks {
		physical[pv.name] = true
		extents = sum(extents, pv.number("pe_count"))
		group.Missing = group.Missing || slices.Contains(pv.values["status"], "MISSING") || slices.Contains(pv.values["flags"], "MISSING")
		if device := pv.text("device"); device != "" {
			group.PhysicalVolumes = append(group.PhysicalVolumes, device)
		}
	}
	used := int64(0)
	origins := map[string]string{} // store of a classic snapshot → what it is of
	for _, lv := range b.block("logical_volumes").blocks {
		volume := snapshot.LogicalVolume{Name: lv.name, Tags: sealTags(lv.values["tags"])}
		for _, segment := range lv.blocks {
			length := segment.number("extent_count")
			volume.SizeBytes = sum(volume.SizeBytes, product(length, extent))
			if stripes := segment.values["stripes"]; len(stripes) > 0 && physical[stripes[0]] {
				used = sum(used, length)
			}
		}
		first := firstSegment(lv)
		volume.Kind = segmentKind(first)
		if volume.Kind == "snapshot" {
			origins[first.text("cow_store")+first.text("merging_store")] = first.text("origin")
			continue
		}
		volume.Pool = firstText(first, "thin_pool", "cache_pool", "vdo_pool")
		volume.Origin = firstText(first, "origin", "external_origin")
		group.LogicalVolumes = append(group.LogicalVolumes, volume)
		if slices.Contains(lv.values["status"], "VISIBLE") {
			group.Volumes = append(group.Volumes, lv.name)
		}
	}
	for i, volume := range group.LogicalVolumes {
		if origin := origins[volume.Name]; origin != "" {
			// The store of a snapshot is hidden in the metadata, and is the snapshot for everybody else.
			group.LogicalVolumes[i].Origin = origin
			if !slices.Contains(group.Volumes, volume.Name) {
				group.Volumes = append(group.Volumes, volume.Name)
			}
		}
	}
	group.SizeBytes = product(extents, extent)
	group.FreeBytes = product(max(0, extents-used), extent)
	sortGroup(&group)
	return group
}

func firstSegment(lv lvmBlock) lvmBlock {
	if len(lv.blocks) == 0 {
		return lvmBlock{}
	}
	return lv.blocks[0]
}

// segmentKind is the type of a segment as lvs says it: a volume with one stripe is linear.
func segmentKind(segment lvmBlock) string {
	kind := segment.text("type")
	if kind == "striped" && segment.number("stripe_count") <= 1 {
		return "linear"
	}
	return kind
}

func firstText(b lvmBlock, names ...string) string {
	for _, name := range names {
		if text := b.text(name); text != "" {
			return text
		}
	}
	return ""
}

// product and sum of numbers that are not negative; the largest number where they are too large.
func product(a, b int64) int64 {
	if a != 0 && b > math.MaxInt64/a {
		return math.MaxInt64
	}
	return a * b
}

func sum(a, b int64) int64 {
	if b > math.MaxInt64-a {
		return math.MaxInt64
	}
	return a + b
}

// lvmBlock is a named block of LVM's text: values and blocks within it. Of a name that repeats, the last counts.
type lvmBlock struct {
	name   string
	values map[string][]string
	blocks []lvmBlock
}

func (b lvmBlock) text(name string) string {
	if values := b.values[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func (b lvmBlock) number(name string) int64 { return count(b.text(name)) }

func (b lvmBlock) block(name string) lvmBlock {
	for _, inner := range b.blocks {
		if inner.name == name {
			return inner
		}
	}
	return lvmBlock{}
}

// lvmText is LVM's text while it is read.
type lvmText struct {
	rest []byte
	line int
}

// block reads up to the brace that ends the block, or to the end of the text. What was read before an error is kept.
func (p *lvmText) block(name string, depth int) (lvmBlock, error) {
	b := lvmBlock{name: name, values: map[string][]string{}}
	if depth > maxLVMDepth {
		return b, fmt.Errorf("line %d: blocks lie too deep", p.line)
	}
	for {
		word, kind := p.next()
		switch {
		case kind == 0:
			if depth > 0 {
				return b, fmt.Errorf("line %d: the text ends in a block", p.line)
			}
			return b, nil
		case kind == '}' && depth > 0:
			return b, nil
		case kind != 'w':
			return b, fmt.Errorf("line %d: a name is missing", p.line)
		}
		switch _, kind := p.next(); kind {
		case '{':
			inner, err := p.block(word, depth+1)
			b.blocks = append(b.blocks, inner)
			if err != nil {
				return b, err
			}
		case '=':
			values, err := p.value()
			if err != nil {
				return b, err
			}
			b.values[word] = values
		default:
			return b, fmt.Errorf("line %d: neither a value nor a block", p.line)
		}
	}
}

// value reads a value or a list of them.
func (p *lvmText) value() ([]string, error) {
	text, kind := p.next()
	if kind == 'w' {
		return []string{text}, nil
	}
	if kind != '[' {
		return nil, fmt.Errorf("line %d: a value is missing", p.line)
	}
	values := []string{}
	for {
		switch text, kind := p.next(); kind {
		case 'w':
			values = append(values, text)
		case ',':
		case ']':
			return values, nil
		default:
			return nil, fmt.Errorf("line %d: a list does not end", p.line)
		}
	}
}

// next is the next word (kind w) or sign; kind 0 at the end.
func (p *lvmText) next() (text string, kind byte) {
	p.skip()
	if len(p.rest) == 0 {
		return "", 0
	}
	switch c := p.rest[0]; c {
	case '{', '}', '[', ']', '=', ',':
		p.rest = p.rest[1:]
		return "", c
	case '"':
		return p.quoted(), 'w'
	}
	end := bytes.IndexAny(p.rest, " \t\r\n\"{}[]=,#")
	if end < 0 {
		end = len(p.rest)
	}
	text, p.rest = string(p.rest[:end]), p.rest[end:]
	return text, 'w'
}

// skip passes over blanks and comments.
func (p *lvmText) skip() {
	for len(p.rest) > 0 {
		switch p.rest[0] {
		case '\n':
			p.line++
			p.rest = p.rest[1:]
		case ' ', '\t', '\r':
			p.rest = p.rest[1:]
		case '#':
			end := bytes.IndexByte(p.rest, '\n')
			if end < 0 {
				end = len(p.rest)
			}
			p.rest = p.rest[end:]
		default:
			return
		}
	}
}

// quoted reads a text in quotes, in which a backslash protects what follows it.
func (p *lvmText) quoted() string {
	var text []byte
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '\\' && i+1 < len(p.rest):
			i++
			text = append(text, p.rest[i])
		case c == '"':
			p.rest = p.rest[i+1:]
			return string(text)
		default:
			if c == '\n' {
				p.line++
			}
			text = append(text, c)
		}
	}
	p.rest = nil
	return string(text)
}
