package formats

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Bounds of blocks, since every value carries the path of its blocks. corosync itself nests
// three, and its names are short.
const (
	maxCorosyncDepth = 8
	maxCorosyncName  = 64
)

// Corosync reads corosync.conf. props are all values, named by the path of their blocks, list
// members numbered from 0 (nodelist.node.0.name); nodes are the members in the order of the
// file, without Local; name is the name of the cluster, links the numbers of its links in
// ascending order, qdevice the host of a quorum device. What could be read is returned beside the error,
// which says PATH:LINE and what is wrong with the blocks.
func Corosync(filePath string, data []byte) (props []snapshot.Property, nodes []snapshot.ClusterNode, name string, links []int, qdevice string, err error) {
	r := &corosyncReader{path: filePath, counts: map[string]int{}, props: []snapshot.Property{}, values: map[string]string{}}
	lines, _ := splitLines(data)
	for _, l := range lines {
		r.line(l)
	}
	if len(r.blocks) > 0 {
		r.fail(len(lines), "a block is not closed")
	}
	nodes, links = r.members()
	return r.props, nodes, r.values["totem.cluster_name"], links, r.values["quorum.device.net.host"], errors.Join(r.errors...)
}

type corosyncReader struct {
	path   string
	blocks []string // full paths of the open blocks
	counts map[string]int
	props  []snapshot.Property
	values map[string]string
	errors []error
}

// fail keeps the first few errors: one line can hold thousands.
func (r *corosyncReader) fail(number int, what string) {
	const enough = 5
	if len(r.errors) < enough {
		r.errors = append(r.errors, fmt.Errorf("%s: %s", at(r.path, number), what))
	}
}

// listed are the blocks that corosync allows to repeat.
func listed(block string) bool {
	return block == "node" || block == "interface" || block == "logger_subsys" || block == "uidgid"
}

// line reads one line. PVE reads tokens and does not care for line ends, corosync reads lines and
// allows blanks in values: what either takes is taken.
func (r *corosyncReader) line(l line) {
	text, _, _ := strings.Cut(l.text, "#")
	for text = strings.Trim(text, blanks); text != ""; text = strings.Trim(text, blanks) {
		switch end := strings.IndexAny(text, "{}:"); {
		case text[0] == '}':
			r.close(l.number)
			text = text[1:]
		case end < 0 || text[end] == '}':
			r.fail(l.number, "a word that is neither a block nor a value")
			if end < 0 {
				return
			}
			text = text[end:]
		case text[end] == '{':
			r.open(l.number, strings.Trim(text[:end], blanks))
			text = text[end+1:]
		default:
			text = r.value(l.number, strings.Trim(text[:end], blanks), strings.Trim(text[end+1:], blanks))
		}
	}
}

// value reads the value of a key and returns what follows it in the line.
func (r *corosyncReader) value(number int, key, rest string) string {
	// Further words belong to the value unless they are a key, a block or a closing brace.
	value, more := rest, ""
	before := rest // the text that begins with the word before the current one
	for remaining := rest; remaining != ""; {
		token, after := cutWord(remaining)
		first := len(remaining) == len(rest)
		if token == "{" && !first {
			remaining = before // the word before names the block
		}
		if token == "}" || !first && (token == "{" || strings.HasSuffix(token, ":")) {
			value, more = strings.Trim(rest[:len(rest)-len(remaining)], blanks), remaining
			break
		}
		before, remaining = remaining, after
	}
	if key == "" {
		r.fail(number, "a value without a key")
		return more
	}
	full := key
	if len(r.blocks) > 0 {
		full = r.blocks[len(r.blocks)-1] + "." + key
	}
	r.values[full] = value
	r.props = append(r.props, seal(corosyncKind, r.path, property{key: full, value: value, source: at(r.path, number)}))
	return more
}

func (r *corosyncReader) open(number int, block string) {
	if block == "" || len(block) > maxCorosyncName {
		r.fail(number, "a block without a name that can be used")
		block = "unnamed"
	}
	full := block
	if len(r.blocks) > 0 {
		full = r.blocks[len(r.blocks)-1] + "." + block
	}
	if len(r.blocks) >= maxCorosyncDepth {
		r.fail(number, "blocks are nested too deeply")
		full = r.blocks[len(r.blocks)-1] // keep the names short, and the braces in step
	} else if listed(block) {
		count := r.counts[full]
		r.counts[full]++
		full += "." + strconv.Itoa(count)
	}
	r.blocks = append(r.blocks, full)
}

func (r *corosyncReader) close(number int) {
	if len(r.blocks) == 0 {
		r.fail(number, "a brace closes no block")
		return
	}
	r.blocks = r.blocks[:len(r.blocks)-1]
}

// members gathers nodes and links.
func (r *corosyncReader) members() ([]snapshot.ClusterNode, []int) {
	nodes, used := []snapshot.ClusterNode{}, map[int]bool{}
	type ring struct {
		link    int
		address string
	}
	rings := map[string][]ring{}
	for key, value := range r.values {
		block, last, _ := cutLast(key)
		if link, ok := ringNumber(last); ok && strings.HasPrefix(block, "nodelist.node.") && value != "" {
			rings[block] = append(rings[block], ring{link, value})
			used[link] = true
		}
	}
	for i := range r.counts["nodelist.node"] {
		block := "nodelist.node." + strconv.Itoa(i)
		node := snapshot.ClusterNode{Name: r.values[block+".name"], Votes: 1, Addresses: []string{}, Config: []snapshot.Property{}}
		node.ID, _ = strconv.Atoi(r.values[block+".nodeid"])
		if votes, err := strconv.Atoi(r.values[block+".quorum_votes"]); err == nil {
			node.Votes = votes
		}
		slices.SortFunc(rings[block], func(a, b ring) int { return cmp.Compare(a.link, b.link) })
		for _, address := range rings[block] {
			node.Addresses = append(node.Addresses, address.address)
		}
		if node.Name == "" {
			node.Name = r.values[block+".ring0_addr"]
		}
		nodes = append(nodes, node)
	}
	for i := range r.counts["totem.interface"] {
		block := "totem.interface." + strconv.Itoa(i)
		number, ok := r.values[block+".linknumber"]
		if !ok {
			number = r.values[block+".ringnumber"]
		}
		if link, err := strconv.Atoi(number); err == nil && link >= 0 {
			used[link] = true
		}
	}
	links := []int{}
	for link := range used {
		links = append(links, link)
	}
	slices.Sort(links)
	return nodes, links
}

func cutLast(key string) (block, last string, ok bool) {
	i := strings.LastIndex(key, ".")
	if i < 0 {
		return "", key, false
	}
	return key[:i], key[i+1:], true
}

// ringNumber reads ring0_addr.
func ringNumber(key string) (int, bool) {
	digits, ok := strings.CutPrefix(key, "ring")
	if !ok {
		return 0, false
	}
	if digits, ok = strings.CutSuffix(digits, "_addr"); !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 0
}
