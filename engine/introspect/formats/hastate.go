package formats

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// HAStatus is what the manager of high availability has written down last.
type HAStatus struct {
	// Manager is the node that was manager.
	Manager string
	// Nodes are its words for nodes: online, maintenance, fence, unknown, gone.
	Nodes map[string]string
	// Services are the services, by id.
	Services []snapshot.HAServiceState
}

// HAManagerStatus reads ha/manager_status. Times and what only counts are left out.
func HAManagerStatus(data []byte) (HAStatus, error) {
	out := HAStatus{Nodes: map[string]string{}, Services: []snapshot.HAServiceState{}}
	var file struct {
		Manager  scalar            `json:"master_node"`
		Nodes    map[string]scalar `json:"node_status"`
		Services map[string]struct {
			State scalar `json:"state"`
			Node  scalar `json:"node"`
		} `json:"service_status"`
	}
	if err := decodeJSON(data, &file); err != nil {
		return out, err
	}
	out.Manager = string(file.Manager)
	for node, state := range file.Nodes {
		out.Nodes[plainText(node)] = string(state)
	}
	for id, s := range file.Services {
		out.Services = append(out.Services, snapshot.HAServiceState{ID: plainText(id), State: string(s.State), Node: string(s.Node)})
	}
	slices.SortFunc(out.Services, func(a, b snapshot.HAServiceState) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

// HANodeMode reads the file lrm_status of a node: active, or restart, shutdown, maintenance.
func HANodeMode(data []byte) (string, error) {
	var file struct {
		Mode scalar `json:"mode"`
	}
	err := decodeJSON(data, &file)
	return string(file.Mode), err
}

// Membership is what pmxcfs says of the running cluster.
type Membership struct {
	// Quorate is absent on a host of its own.
	Quorate *bool
	// Online says of each member whether it is there.
	Online map[string]bool
}

// Members reads /etc/pve/.members.
func Members(data []byte) (Membership, error) {
	out := Membership{Online: map[string]bool{}}
	var file struct {
		Cluster *struct {
			Quorate scalar `json:"quorate"`
		} `json:"cluster"`
		Nodes map[string]struct {
			Online scalar `json:"online"`
		} `json:"nodelist"`
	}
	if err := decodeJSON(data, &file); err != nil {
		return out, err
	}
	if file.Cluster != nil {
		quorate := flag(string(file.Cluster.Quorate))
		out.Quorate = &quorate
	}
	for node, n := range file.Nodes {
		out.Online[plainText(node)] = flag(string(n.Online))
	}
	return out, nil
}

// scalar is a value that Perl may write as text, number or truth; anything else is empty.
type scalar string

func (s *scalar) UnmarshalJSON(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*s = scalar(scalarText(v))
	return nil
}

func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return plainText(v)
	case bool:
		if v {
			return "1"
		}
		return "0"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// decodeJSON says where a file stops to be JSON, and never what stands there.
func decodeJSON(data []byte, into any) error {
	err := json.Unmarshal(data, into)
	switch e := err.(type) {
	case nil:
		return nil
	case *json.SyntaxError:
		return fmt.Errorf("line %d: no JSON", lineOf(data, int(min(max(e.Offset-1, 0), int64(len(data))))))
	case *json.UnmarshalTypeError:
		return fmt.Errorf("line %d: not the shape that PVE writes", lineOf(data, int(min(max(e.Offset-1, 0), int64(len(data))))))
	}
	return errors.New("no JSON")
}
