package nar

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// StoreAt is the folder of the store. Closures for another are not taken: their programs have it written into them.
const StoreAt = "/nix/store"

// base name of a path in the store: 32 digits of Nix's alphabet, and a name.
var (
	baseName  = regexp.MustCompile(`^[0-9a-df-np-sv-z]{32}-[A-Za-z0-9+._?=-]{1,211}$`)
	storePath = regexp.MustCompile(`^/nix/store/[0-9a-df-np-sv-z]{32}-[A-Za-z0-9+._?=-]{1,211}$`)
)

// IsStorePath says whether a name is that of a path in the store.
func IsStorePath(name string) bool { return storePath.MatchString(name) }

// Path is what is known of a path of the store.
type Path struct {
	// Path is its name, References the paths that it needs, itself among them where it names itself.
	Path       string
	References []string
	// Deriver is the derivation that it was built by; empty where that is not said.
	Deriver string
	// Hash is the SHA-256 of its archive, Size how long that is.
	Hash [sha256.Size]byte
	Size int64
	// Signatures are those of whoever vouches for it, CA the statement that its content makes its name. Both are kept, and believed by nobody here.
	Signatures []string
	CA         string
}

const (
	// pathMagic stands before what an export says of a path.
	pathMagic = 0x4558494e
	// referenceLimit bounds what one path may refer to.
	referenceLimit = 1 << 16
	// pathLimit bounds how many paths are read: a NixOS has a few thousand.
	pathLimit = 1 << 18
)

// ReadExport reads a stream of nix-store --export to its end. For the archive of each path, in order, it asks for a
// sink, and calls done when what the stream says of the path is known. The stream has no digests: Hash is that of what was read.
func ReadExport(stream io.Reader, sink func(n int) (Sink, error), done func(n int, p Path) error) error {
	r := &reader{r: bufio.NewReaderSize(stream, 1<<18)}
	for n := 0; ; n++ {
		at := r.at
		more, err := r.number()
		switch {
		case err != nil:
			return err
		case more == 0:
			if extra, err := io.CopyN(io.Discard, r.r, 1); extra > 0 || !errors.Is(err, io.EOF) {
				return errors.Join(ignoreEOF(err), wrong(r.at, "something follows its end"))
			}
			return nil
		case more != 1:
			return wrong(at, "%d, where a path begins or the stream ends", more)
		case n == pathLimit:
			return wrong(at, "more than %d paths", pathLimit)
		}
		to, err := sink(n)
		if err != nil {
			return err
		}
		p, err := readPath(r, to)
		if err != nil {
			return err
		}
		if err := done(n, p); err != nil {
			return err
		}
	}
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func readPath(r *reader, sink Sink) (p Path, err error) {
	sum, begin, source := sha256.New(), r.at, r.r
	r.r = io.TeeReader(source, sum)
	err = read(r, sink)
	r.r = source
	if err != nil {
		return p, err
	}
	p.Size = r.at - begin
	sum.Sum(p.Hash[:0])
	at := r.at
	word, err := r.number()
	if err != nil {
		return p, err
	}
	if word != pathMagic {
		return p, wrong(at, "%#x, where the name of a path is announced by %#x", word, pathMagic)
	}
	if p.Path, err = r.storePath(); err != nil {
		return p, err
	}
	at = r.at
	count, err := r.number()
	if err != nil {
		return p, err
	}
	if count > referenceLimit {
		return p, wrong(at, "%d references", count)
	}
	for range count {
		name, err := r.storePath()
		if err != nil {
			return p, err
		}
		p.References = append(p.References, name)
	}
	at = r.at
	if p.Deriver, err = r.text(targetLimit); err != nil {
		return p, err
	}
	if p.Deriver != "" && !IsStorePath(p.Deriver) {
		return p, wrong(at, "the deriver %q is no path of %s", p.Deriver, StoreAt)
	}
	at = r.at
	signed, err := r.number()
	if err == nil && signed == 1 { // of Nix before 1.12
		_, err = r.text(targetLimit)
	} else if err == nil && signed != 0 {
		err = wrong(at, "%d, where a path ends", signed)
	}
	return p, err
}

func (r *reader) storePath() (string, error) {
	at := r.at
	name, err := r.text(targetLimit)
	if err == nil && !IsStorePath(name) {
		err = wrong(at, "%q is no path of %s", name, StoreAt)
	}
	return name, err
}

// Info is a .narinfo: what a binary cache says of a path, and where its archive lies.
type Info struct {
	Path
	// URL is the file of the archive, below the folder of the cache; Compression how it is packed: none, zstd, xz …
	URL         string
	Compression string
}

// archiveName is a file of a cache: nothing that leads out of it.
var archiveName = regexp.MustCompile(`^nar/[A-Za-z0-9][A-Za-z0-9._-]*$`)

// ParseInfo reads a .narinfo.
func ParseInfo(text string) (Info, error) {
	var i Info
	seen := map[string]bool{}
	for n, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		fail := func(format string, args ...any) error {
			return fmt.Errorf("line %d: %w", n+1, fmt.Errorf(format, args...))
		}
		key, value, ok := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		if !ok {
			return Info{}, fail("%q is no line of a narinfo", line)
		}
		if seen[key] && key != "Sig" {
			return Info{}, fail("%s is there twice", key)
		}
		seen[key] = true
		switch key {
		case "StorePath":
			if i.Path.Path = value; !IsStorePath(value) {
				return Info{}, fail("%q is no path of %s", value, StoreAt)
			}
		case "URL":
			if i.URL = value; !archiveName.MatchString(value) {
				return Info{}, fail("%q is no file of the cache", value)
			}
		case "Compression":
			i.Compression = value
		case "NarHash":
			sum, err := parseHash(value)
			if err != nil {
				return Info{}, fail("%w", err)
			}
			i.Hash = sum
		case "NarSize":
			size, err := strconv.ParseInt(value, 10, 64)
			if err != nil || size <= 0 {
				return Info{}, fail("NarSize %q is no size", value)
			}
			i.Size = size
		case "References", "Deriver":
			names := strings.Fields(value)
			if key == "Deriver" && slices.Equal(names, []string{"unknown-deriver"}) {
				continue
			}
			for j, name := range names {
				if !baseName.MatchString(name) {
					return Info{}, fail("%q is no path of %s", name, StoreAt)
				}
				names[j] = path.Join(StoreAt, name)
			}
			if key == "References" {
				i.References = names
			} else if len(names) == 1 {
				i.Deriver = names[0]
			}
		case "Sig":
			i.Signatures = append(i.Signatures, value)
		case "CA":
			i.CA = value
		}
	}
	for _, key := range []string{"StorePath", "URL", "NarHash", "NarSize"} {
		if !seen[key] {
			return Info{}, fmt.Errorf("it has no %s", key)
		}
	}
	return i, nil
}

// parseHash reads sha256: and 52 digits of Nix's base 32, or 64 of base 16.
func parseHash(text string) (sum [sha256.Size]byte, err error) {
	digits, ok := strings.CutPrefix(text, "sha256:")
	bad := fmt.Errorf("%q is no SHA-256 as Nix writes it", text)
	switch {
	case ok && len(digits) == 2*sha256.Size:
		n, ok := new(big.Int).SetString(digits, 16)
		if !ok || n.Sign() < 0 || strings.ContainsAny(digits, "+-_") {
			return sum, bad
		}
		n.FillBytes(sum[:])
		return sum, nil
	case ok && len(digits) == 52:
		return fromBase32(digits, bad)
	}
	return sum, bad
}

// alphabet are the digits of Nix's base 32. Numbers are written from their highest digit, over the bytes from the last to the first.
const alphabet = "0123456789abcdfghijklmnpqrsvwxyz"

func fromBase32(digits string, bad error) (sum [sha256.Size]byte, err error) {
	for n := range len(digits) {
		digit := strings.IndexByte(alphabet, digits[len(digits)-n-1])
		if digit < 0 {
			return sum, bad
		}
		bit := n * 5
		i, shift := bit/8, bit%8
		wide := digit << shift
		sum[i] |= byte(wide)
		if carry := byte(wide >> 8); i+1 < len(sum) {
			sum[i+1] |= carry
		} else if carry != 0 {
			return sum, bad
		}
	}
	return sum, nil
}

// Checked reads an archive into a sink and refuses it where it is not the one that was promised.
func Checked(archive io.Reader, p Path, sink Sink) error {
	sum := sha256.New()
	r := &reader{r: io.TeeReader(io.LimitReader(archive, p.Size), sum)}
	if err := read(r, sink); err != nil {
		return err
	}
	if r.at != p.Size {
		return wrong(r.at, "the archive ends, and %d bytes were promised", p.Size)
	}
	return sameHash(sum, p)
}

// sameHash refuses a digest that is not that of a path.
func sameHash(sum hash.Hash, p Path) error {
	if got := [sha256.Size]byte(sum.Sum(nil)); got != p.Hash {
		return fmt.Errorf("%s: its SHA-256 is %x, not %x", p.Path, got, p.Hash)
	}
	return nil
}
