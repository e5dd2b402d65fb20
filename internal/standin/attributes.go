package standin

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
)

// Attributes are the mode and the owner that a file of a golden tree has on its
// host. A clone has neither, so a file beside the tree tells: one line
// "mode uid gid pattern" per set of files, the last that matches counts. A pattern
// is one of path.Match, or a directory with /** for all below it.
type Attributes []attribute

type attribute struct {
	mode     uint32
	uid, gid int
	pattern  string
}

// AttributesFile is the name of that file in the directory of a golden host.
const AttributesFile = "attributes"

// ReadAttributes reads the attributes of a golden host. A host without the file
// has none: everything belongs to root and is 0644.
func ReadAttributes(file string) (Attributes, error) {
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out Attributes
	scanner := bufio.NewScanner(bytes.NewReader(data))
	for number := 1; scanner.Scan(); number++ {
		fields := strings.Fields(scanner.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 4 {
			return nil, fmt.Errorf("%s:%d: want mode uid gid pattern", file, number)
		}
		mode, err := strconv.ParseUint(fields[0], 8, 12)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		uid, err := strconv.Atoi(fields[1])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		gid, err := strconv.Atoi(fields[2])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		out = append(out, attribute{uint32(mode), uid, gid, fields[3]})
	}
	return out, scanner.Err()
}

// Of returns the mode and the owner of a path of the host.
func (a Attributes) Of(name string) (mode uint32, uid, gid int) {
	mode = 0o644
	for _, one := range a {
		if one.covers(name) {
			mode, uid, gid = one.mode, one.uid, one.gid
		}
	}
	return mode, uid, gid
}

func (a attribute) covers(name string) bool {
	if dir, all := strings.CutSuffix(a.pattern, "/**"); all {
		return strings.HasPrefix(name, dir+"/")
	}
	matches, err := path.Match(a.pattern, name)
	return err == nil && matches
}
