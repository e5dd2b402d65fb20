// Package libvirt knows the XML of libvirt: domains, networks and storage pools
// as types, read strictly from the tree of a document and written by
// encoding/xml, which escapes every text. What a guest's key becomes is said by
// rules; this package knows form alone. It is pure.
//
// A tree has the names of the XML, with underscores for dashes. What may be
// there several times and has a name at PVE is a set by that name
// (devices.disks.scsi0), so that several rules can speak of one device; it is
// written in PVE's order, net2 before net10. yes, no, on and off are true and
// false; an element that only has to be there is true.
package libvirt

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// RenderDomain gives the XML of a domain.
func RenderDomain(name string, tree map[string]any) ([]byte, error) {
	d := Domain{}
	if err := decode(tree, &d); err != nil {
		return nil, err
	}
	if d.Name == "" {
		return nil, fmt.Errorf("/name: a domain needs one")
	}
	if d.Commandline != nil || d.Override != nil {
		d.XMLNSQemu = "http://libvirt.org/schemas/domain/qemu/1.0"
	}
	d.boot()
	return render(name, &d)
}

// RenderNetwork gives the XML of a network.
func RenderNetwork(name string, tree map[string]any) ([]byte, error) {
	n := Network{}
	if err := decode(tree, &n); err != nil {
		return nil, err
	}
	if n.Name == "" {
		return nil, fmt.Errorf("/name: a network needs one")
	}
	return render(name, &n)
}

// RenderPool gives the XML of a storage pool.
func RenderPool(name string, tree map[string]any) ([]byte, error) {
	p := Pool{}
	if err := decode(tree, &p); err != nil {
		return nil, err
	}
	if p.Name == "" {
		return nil, fmt.Errorf("/name: a pool needs one")
	}
	return render(name, &p)
}

func render(name string, v any) ([]byte, error) {
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	e.Indent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b.WriteByte('\n')
	return short(b.Bytes()), nil
}

// short writes elements without content as one tag, as libvirt itself does. encoding/xml escapes < and > in every text,
// so that what is found here is a tag.
func short(text []byte) []byte {
	var out bytes.Buffer
	for len(text) > 0 {
		end := bytes.Index(text, []byte("></"))
		if end < 0 {
			break
		}
		start := bytes.LastIndexByte(text[:end], '<')
		closing := bytes.IndexByte(text[end+1:], '>') + end + 1
		name := string(text[end+3 : closing])
		if start >= 0 && text[start+1] != '/' && elementName(text[start+1:end]) == name {
			out.Write(text[:end])
			out.WriteString("/>")
		} else {
			out.Write(text[:closing+1])
		}
		text = text[closing+1:]
	}
	out.Write(text)
	return out.Bytes()
}

func elementName(tag []byte) string {
	name, _, _ := strings.Cut(string(tag), " ")
	return name
}

// Keyed are devices by the key that they have at PVE.
type Keyed[T any] map[string]T

// MarshalXML writes one element each, in PVE's order.
func (k Keyed[T]) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	for _, key := range k.keys() {
		if err := e.EncodeElement(k[key], start); err != nil {
			return err
		}
	}
	return nil
}

func (k Keyed[T]) keys() []string {
	return slices.SortedFunc(maps.Keys(k), before)
}

// Named are elements by their attribute name.
type Named[T any] map[string]T

// MarshalXML writes one element each, by alphabet.
func (n Named[T]) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	for _, name := range slices.Sorted(maps.Keys(n)) {
		start.Attr = []xml.Attr{{Name: xml.Name{Local: "name"}, Value: name}}
		if err := e.EncodeElement(n[name], start); err != nil {
			return err
		}
	}
	return nil
}

// busRank is the order in which PVE goes through the buses of disks; other words come after them by alphabet.
var busRank = map[string]int{"ide": 1, "scsi": 2, "virtio": 3, "sata": 4}

// before orders keys as PVE does: by word, then by number.
func before(a, b string) int {
	wa, na := splitKey(a)
	wb, nb := splitKey(b)
	return cmp.Or(
		cmp.Compare(rank(wa), rank(wb)),
		strings.Compare(wa, wb),
		cmp.Compare(len(na), len(nb)),
		strings.Compare(na, nb),
		strings.Compare(a, b),
	)
}

func rank(word string) int {
	if n, ok := busRank[word]; ok {
		return n
	}
	return len(busRank) + 1
}

// splitKey splits net10 into net and 10; the number has no leading zeros.
func splitKey(key string) (word, number string) {
	word = strings.TrimRight(key, "0123456789")
	return word, strings.TrimLeft(key[len(word):], "0")
}

// OnOff is an attribute that is on or off.
type OnOff bool

// MarshalXMLAttr says on or off.
func (v OnOff) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: word(bool(v), "on", "off")}, nil
}

// YesNo is an attribute that is yes or no.
type YesNo bool

// MarshalXMLAttr says yes or no.
func (v YesNo) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: word(bool(v), "yes", "no")}, nil
}

func word(v bool, yes, no string) string {
	if v {
		return yes
	}
	return no
}

// Flag is an element without content, that is there or not.
type Flag bool

// MarshalXML writes the element where it is true.
func (v Flag) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	if !v {
		return nil
	}
	return e.EncodeElement("", start)
}
