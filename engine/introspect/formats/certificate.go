package formats

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

var pemBegin = []byte("-----BEGIN")

var errNoCertificate = errors.New("holds no certificate")

// Certificate reads the first certificate of a PEM file, or the one that a DER file is. Of a chain the first is the one
// that is presented. private is true for a file that holds a private key too; it is not looked at.
func Certificate(filePath string, data []byte) (out snapshot.Certificate, private bool, err error) {
	var first []byte
	number := 1
	for rest := data; ; {
		block, after := pem.Decode(rest)
		if block == nil {
			break
		}
		switch {
		case strings.HasSuffix(block.Type, "PRIVATE KEY"):
			private = true
		case first == nil && (block.Type == "CERTIFICATE" || block.Type == "TRUSTED CERTIFICATE"):
			first = block.Bytes
			number = lineOf(data, bytes.LastIndex(data[:len(data)-len(after)], pemBegin))
		}
		rest = after
	}
	private = private || bytes.Contains(data, []byte("PRIVATE KEY-----"))
	switch begin := bytes.Index(data, pemBegin); {
	case first != nil:
	case begin >= 0:
		return out, private, fmt.Errorf("line %d: no certificate can be read", lineOf(data, begin))
	case len(data) > 0 && data[0] == 0x30: // how DER begins
		first = data
	default:
		return out, private, errNoCertificate
	}
	c, err := x509.ParseCertificate(first)
	if err != nil {
		return out, private, fmt.Errorf("line %d: %w", number, err)
	}
	sum := sha256.Sum256(c.Raw)
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = fmt.Sprintf("%02X", b)
	}
	out = snapshot.Certificate{
		Path: filePath, Subject: plainText(c.Subject.String()), Issuer: plainText(c.Issuer.String()), Names: []string{},
		NotBefore: c.NotBefore.UTC().Format(time.RFC3339), NotAfter: c.NotAfter.UTC().Format(time.RFC3339),
		Fingerprint: strings.Join(pairs, ":"), Authority: c.IsCA, KeyAlgorithm: keyAlgorithm(c.PublicKeyAlgorithm),
	}
	for _, name := range c.DNSNames {
		out.Names = append(out.Names, plainText(name))
	}
	for _, address := range c.IPAddresses {
		out.Names = append(out.Names, address.String())
	}
	slices.Sort(out.Names)
	out.Names = slices.Compact(out.Names)
	return out, private, nil
}

// lineOf is the line of a place in a text.
func lineOf(data []byte, place int) int {
	return 1 + bytes.Count(data[:place], []byte("\n"))
}

func keyAlgorithm(algorithm x509.PublicKeyAlgorithm) string {
	if algorithm == x509.UnknownPublicKeyAlgorithm {
		return "unknown"
	}
	return algorithm.String()
}

func plainText(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
