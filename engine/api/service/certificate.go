package service

import (
	"crypto/tls"
	"sync"
)

// Certificate is a certificate and its key in two files, read again when either changes.
type Certificate struct {
	certificate, key string
	mu               sync.Mutex
	seen             [2]stamp
	now              *tls.Certificate
}

// OpenCertificate reads the files.
func OpenCertificate(certificate, key string) (*Certificate, error) {
	c := &Certificate{certificate: certificate, key: key}
	return c, c.read()
}

func (c *Certificate) read() error {
	certificate, first, err := readSmall(c.certificate, stamp{})
	if err != nil {
		return err
	}
	key, second, err := readSmall(c.key, stamp{})
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	c.seen, c.now = [2]stamp{first, second}, &pair
	return nil
}

// get is the certificate of now. While one file of two has been written, the pair that fitted stays.
func (c *Certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if stampOf(c.certificate) != c.seen[0] || stampOf(c.key) != c.seen[1] {
		_ = c.read()
	}
	return c.now, nil
}
