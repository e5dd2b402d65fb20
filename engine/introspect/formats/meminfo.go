package formats

import (
	"errors"
	"strconv"
	"strings"
)

// MemInfo finds the memory of the machine in /proc/meminfo, or of a memory node in its own meminfo, in KiB.
func MemInfo(data []byte) (int64, error) {
	lines, _ := splitLines(data)
	for _, l := range lines {
		text := l.text
		if rest, ok := strings.CutPrefix(text, "Node "); ok { // Node 0 MemTotal: …
			_, text = cutWord(rest)
		}
		if rest, ok := strings.CutPrefix(text, "MemTotal:"); ok {
			number, _ := cutWord(rest)
			kib, err := strconv.ParseInt(number, 10, 64)
			if err != nil || kib < 0 {
				break
			}
			return kib, nil
		}
	}
	return 0, errors.New("no memory size")
}
