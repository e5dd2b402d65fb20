package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite" // the driver

	"github.com/pve2nix/pve2nix/engine/plan"
)

// closure DIR TOPLEVEL PLAN makes a folder that looks as nix copy --to local?root=DIR leaves one, with one path in the store:
// a system that was built from the outputs beside the plan.
func closure(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: closure DIR TOPLEVEL PLAN")
	}
	var p plan.Plan
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[2])), &p))
	dir, top := ts.MkAbs(args[0]), args[1]
	for _, name := range []string{"init", "activate", "kernel", "initrd", "kernel-params"} {
		file := filepath.Join(dir, top, name)
		ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
		ts.Check(os.WriteFile(file, []byte(name), 0o755))
	}
	mark := filepath.Join(dir, top, plan.ConfigurationAt)
	ts.Check(os.MkdirAll(filepath.Dir(mark), 0o755))
	ts.Check(os.WriteFile(mark, []byte(p.Hosts[0].Configuration+"\n"), 0o644))
	ts.Check(os.MkdirAll(filepath.Join(dir, "nix/var/nix/db"), 0o755))
	db, err := sql.Open("sqlite", filepath.Join(dir, "nix/var/nix/db/db.sqlite"))
	ts.Check(err)
	for _, s := range []string{
		"CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, narSize INTEGER)", "CREATE TABLE Refs (referrer INTEGER NOT NULL, reference INTEGER NOT NULL)",
		"INSERT INTO ValidPaths VALUES (1, '" + path.Clean(top) + "', 1000)", "INSERT INTO Refs VALUES (1, 1)",
	} {
		_, err := db.Exec(s)
		ts.Check(err)
	}
	ts.Check(db.Close())
}

var (
	// writing is a call of the kernel that changes a file system, and was not refused.
	writing = regexp.MustCompile(`^\d+ +(mkdir|rmdir|unlink|rename|link|symlink|mknod|chmod|fchmod|chown|fchown|lchown|setxattr|lsetxattr|fsetxattr|removexattr|truncate|ftruncate|fallocate|utime|mount|umount|pivot_root|swapon|creat)[a-z0-9]*\(.* = [0-9]`)
	// opening is one that opens a file for writing.
	opening = regexp.MustCompile(`^\d+ +open[a-z0-9]*\(.*(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE).* = [0-9]`)
	// nowhere are the files that keep nothing.
	nowhere = regexp.MustCompile(`"/dev/(null|tty)"`)
)

// onlyreads TRACE proves that nothing in a trace of strace writes to a file system.
func onlyReads(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: onlyreads TRACE")
	}
	lines := 0
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		lines++
		if (writing.MatchString(line) || opening.MatchString(line)) && !nowhere.MatchString(line) {
			ts.Fatalf("writes: %s", line)
		}
	}
	if lines < 100 {
		ts.Fatalf("only %d calls in the trace", lines)
	}
}
