package introspect

import (
	"fmt"
	"os"
	"time"
)

// answers looks into a directory that a program may serve, as pmxcfs serves /etc/pve. One that hangs would hold up
// whoever reads it for ever; it costs one wait instead. The error says only that: what else is wrong with the
// directory shows when it is read.
func answers(root *os.Root, dir string, wait time.Duration) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if info, err := root.Lstat(inRoot(dir)); err != nil || !info.IsDir() {
			return
		}
		f, err := root.Open(inRoot(dir))
		if err != nil {
			return
		}
		defer f.Close()
		_, _ = f.ReadDir(1)
	}()
	select {
	case <-done:
		return nil
	case <-time.After(wait): // the thread that waits is left behind, and ends with the program
		return fmt.Errorf("no answer within %s", wait)
	}
}
