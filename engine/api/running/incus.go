package running

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/pve2nix/pve2nix/engine/api"
)

// IncusSocket is where Incus answers; who may open it may do everything, and this package only reads.
const IncusSocket = "/var/lib/incus/unix.socket"

// largestAnswer bounds what is read of Incus.
const largestAnswer = 64 << 20

// instance is a guest of Incus, as far as it is read.
type instance struct {
	Name   string            `json:"name"`
	Status string            `json:"status"`
	Type   string            `json:"type"`
	Config map[string]string `json:"config"`
	State  *struct {
		Status    string `json:"status"`
		PID       int    `json:"pid"`
		StartedAt string `json:"started_at"`
		CPU       struct {
			Usage int64 `json:"usage"`
		} `json:"cpu"`
		Memory struct {
			Usage     int64 `json:"usage"`
			Total     int64 `json:"total"`
			SwapUsage int64 `json:"swap_usage"`
		} `json:"memory"`
		Disk map[string]struct {
			Usage int64 `json:"usage"`
			Total int64 `json:"total"`
		} `json:"disk"`
		Network map[string]struct {
			Counters struct {
				Received int64 `json:"bytes_received"`
				Sent     int64 `json:"bytes_sent"`
			} `json:"counters"`
			Type string `json:"type"`
		} `json:"network"`
	} `json:"state"`
}

// incusGet reads one path of Incus.
func incusGet(ctx context.Context, socket, path string, into any) error {
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", socket)
		},
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://incus"+path, nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("incus: %s: %s", path, answer.Status)
	}
	var body struct {
		Metadata json.RawMessage `json:"metadata"`
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, largestAnswer)).Decode(&body); err != nil {
		return fmt.Errorf("incus: %s: %w", path, err)
	}
	if err := json.Unmarshal(body.Metadata, into); err != nil {
		return fmt.Errorf("incus: %s: %w", path, err)
	}
	return nil
}

// instances are the guests of Incus by the number that they had at PVE.
func instances(ctx context.Context, socket string) (map[int]instance, error) {
	var list []instance
	if err := incusGet(ctx, socket, "/1.0/instances?recursion=2", &list); err != nil {
		return nil, err
	}
	out := map[int]instance{}
	for _, i := range list {
		if vmid, err := strconv.Atoi(i.Config["user.pve.vmid"]); err == nil && vmid > 0 {
			out[vmid] = i
		}
	}
	return out, nil
}

// guest is the state of an instance, and the processor time that it has used in nanoseconds.
func (i instance) guest(now time.Time) (api.Guest, uint64) {
	g := api.UnknownGuest()
	switch i.Status {
	case "Running", "Ready", "Freezing", "Thawed", "Stopping":
		g.Running = true
	case "Frozen":
		g.Running, g.State = true, "paused"
	}
	s := i.State
	if !g.Running || s == nil {
		return g, 0
	}
	g.PID, g.Memory, g.Swap = s.PID, s.Memory.Usage, s.Memory.SwapUsage
	g.HostMemory = s.Memory.Usage
	if s.Memory.Total > 0 {
		g.MaxMemory = s.Memory.Total
	}
	if started, err := time.Parse(time.RFC3339, s.StartedAt); err == nil && started.Year() > 1970 {
		g.Uptime = max(int64(now.Sub(started).Seconds()), 0)
	}
	if root, has := s.Disk["root"]; has {
		g.Disk = root.Usage
		if root.Total > 0 {
			g.MaxDisk = root.Total
		}
	}
	for _, n := range s.Network {
		if n.Type != "loopback" {
			g.In, g.Out = max(g.In, 0)+n.Counters.Received, max(g.Out, 0)+n.Counters.Sent
		}
	}
	return g, uint64(max(s.CPU.Usage, 0))
}

// incusSpace is how full a pool is; pools have the names of the storages.
func incusSpace(ctx context.Context, socket, pool string) (*api.Space, error) {
	var r struct {
		Space struct {
			Used  int64 `json:"used"`
			Total int64 `json:"total"`
		} `json:"space"`
	}
	if err := incusGet(ctx, socket, "/1.0/storage-pools/"+url.PathEscape(pool)+"/resources", &r); err != nil {
		return nil, err
	}
	if r.Space.Total <= 0 {
		return nil, api.ErrUnknown
	}
	return &api.Space{Total: r.Space.Total, Used: r.Space.Used, Available: r.Space.Total - r.Space.Used}, nil
}
