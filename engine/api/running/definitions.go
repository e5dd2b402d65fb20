package running

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/digitalocean/go-libvirt"
)

// definitionsBound is how long the managers of guests are waited for: nobody waits for them to give an answer twice.
const definitionsBound = 30 * time.Second

// Definition is a guest as its manager would write it for somebody who makes it anew.
type Definition struct {
	// Text is XML of libvirt or JSON of Incus.
	Text []byte
	// Autostart is what libvirt keeps beside the text.
	Autostart *bool
}

// Definitions are the guests of a manager, who is named after the target: libvirt or incus.
func Definitions(ctx context.Context, target string) ([]Definition, error) {
	switch target {
	case "libvirt":
		return domainDefinitions(LibvirtSocket, definitionsBound)
	case "incus":
		ctx, cancel := context.WithTimeout(ctx, definitionsBound)
		defer cancel()
		return instanceDefinitions(ctx, IncusSocket)
	}
	return nil, fmt.Errorf("nobody manages guests on the target %q who could be asked", target)
}

// domainDefinitions are those of the next start: what a running one has for now alone is not in them.
func domainDefinitions(socket string, bound time.Duration) ([]Definition, error) {
	return libvirtSession(socket, bound, func(l *libvirt.Libvirt) ([]Definition, error) {
		all, _, err := l.ConnectListAllDomains(1, libvirt.ConnectListDomainsPersistent)
		if err != nil {
			return nil, err
		}
		var out []Definition
		for _, d := range all {
			text, err := l.DomainGetXMLDesc(d, libvirt.DomainXMLInactive)
			if err != nil {
				return nil, fmt.Errorf("domain %q: %w", d.Name, err)
			}
			def := Definition{Text: []byte(text)}
			if auto, err := l.DomainGetAutostart(d); err == nil {
				on := auto != 0
				def.Autostart = &on
			}
			out = append(out, def)
		}
		return out, nil
	})
}

func instanceDefinitions(ctx context.Context, socket string) ([]Definition, error) {
	var list []json.RawMessage
	if err := incusGet(ctx, socket, "/1.0/instances?"+url.Values{"recursion": {"1"}}.Encode(), &list); err != nil {
		return nil, err
	}
	var out []Definition
	for _, text := range list {
		out = append(out, Definition{Text: text})
	}
	return out, nil
}
