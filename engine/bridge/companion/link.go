package companion

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/execute"
)

const (
	// CommandsAt is where the host has the commands of the companion's packages.
	CommandsAt = "/run/companion/bin"
	// ownCommands are those of NixOS, before which none of the companion goes.
	ownCommands = "/run/current-system/sw/bin"
	lists       = "/var/lib/dpkg/info"
	thisProgram = "pve2nix"
	// listLimit bounds the list of the files of a package.
	listLimit = 16 << 20
)

var (
	packageName = regexp.MustCompile(`^[a-z0-9][a-z0-9+.-]{0,127}$`)
	// commandFile is a file of a package that people call by its name.
	commandFile = regexp.MustCompile(`^/(usr/|usr/local/)?s?bin/([A-Za-z0-9][A-Za-z0-9._+-]{0,100})$`)
	// callable is the path of a program that needs no quotes in a script.
	callable = regexp.MustCompile(`^(/[A-Za-z0-9._+-]+)+$`)
)

// Commands are the commands that packages of the companion bring, by their names, whether it runs or not.
func (c *Companion) Commands(packages []string) (names []string, err error) {
	root, err := c.System.Within(RootAt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	found := map[string]bool{}
	for _, name := range packages {
		if !packageName.MatchString(name) {
			return nil, &RefusedError{fmt.Sprintf("%q is no name of a package", name)}
		}
		text, err := listOf(root, name)
		if errors.Is(err, fs.ErrNotExist) {
			c.tell("%s is not in the companion", name)
			continue
		}
		if err != nil {
			return nil, err
		}
		for command, file := range commandsIn(text) {
			if found[command] {
				continue
			}
			info, err := root.Lstat(file)
			if err != nil || info.Mode().IsRegular() && info.Mode()&0o111 == 0 || !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0 {
				continue
			}
			found[command] = true
			names = append(names, command)
		}
	}
	slices.Sort(names)
	return names, nil
}

// commandsIn are the files of a list that are called by their names.
func commandsIn(list string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(list) {
		if parts := commandFile.FindStringSubmatch(strings.TrimSuffix(line, "\n")); parts != nil {
			out[parts[2]] = parts[0]
		}
	}
	return out
}

// listOf is dpkg's list of the files of a package.
func listOf(root execute.Folder, name string) (string, error) {
	var f execute.File
	var err error
	for _, file := range []string{name, name + ":amd64"} {
		if f, err = root.OpenFile(path.Join(lists, file+".list"), os.O_RDONLY, 0); err == nil {
			break
		}
	}
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(io.LimitReader(f, listLimit))
	return string(data), errors.Join(err, f.Close())
}

// Link puts a small program for each command of packages into CommandsAt, which calls it in the companion by the program of this
// name, beside one for that program itself, and removes those of before. It leaves out what NixOS has itself.
func (c *Companion) Link(program string, packages []string) error {
	if !callable.MatchString(program) {
		return &RefusedError{fmt.Sprintf("%q is no path that a script can call", program)}
	}
	names, err := c.Commands(packages)
	if err != nil {
		return err
	}
	for _, dir := range []string{path.Dir(CommandsAt), CommandsAt} {
		if err := c.System.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := c.System.Chmod(dir, 0o755); err != nil {
			return err
		}
	}
	old, err := c.System.ReadDir(CommandsAt)
	if err != nil {
		return err
	}
	for _, entry := range old {
		if err := c.System.Remove(path.Join(CommandsAt, entry.Name())); err != nil {
			return err
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == thisProgram })
	if err := c.write(path.Join(CommandsAt, thisProgram), fmt.Sprintf("#!/bin/sh\nexec %s \"$@\"\n", program)); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := c.System.Lstat(path.Join(ownCommands, name)); err == nil {
			c.tell("%s is a command of NixOS: `pve2nix bridge companion run %s` calls that of the companion", name, name)
			continue
		}
		if err := c.write(path.Join(CommandsAt, name), fmt.Sprintf("#!/bin/sh\nexec %s bridge companion run -- %s \"$@\"\n", program, name)); err != nil {
			return err
		}
	}
	return nil
}

func (c *Companion) write(name, text string) error {
	f, err := c.System.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, text)
	return errors.Join(err, f.Close(), c.System.Chmod(name, 0o755)) // whatever the umask of who calls it
}
