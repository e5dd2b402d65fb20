package evaluate

import (
	"strings"
	"testing"
)

func TestIncusIsToldOnlyNamesThatItHas(t *testing.T) {
	tables := map[string]map[string]any{
		"incus_config": {"limits.cpu": "any"}, "incus_devices": {"disk": []any{"path", "pool"}}, "incus_pools": {"dir": []any{"source"}},
	}
	instance := func(key string) []Document {
		return []Document{{Kind: "instances", Name: "100", Parts: []Leaf{
			{Option: []string{"config", key}, Value: "2", By: []string{"rules/incus/processor"}},
			{Option: []string{"type"}, Value: "container"},
		}}}
	}
	pools := func(driver string) []Leaf {
		return []Leaf{
			{Option: []string{"virtualisation", "incus", "enable"}, Value: true},
			{Option: []string{"virtualisation", "incus", "preseed", "storage_pools"}, By: []string{"rules/incus/pools"}, Value: []any{map[string]any{"name": "default", "driver": driver}}},
		}
	}
	if err := checkIncus(pools("dir"), instance("limits.cpu"), tables); err != nil {
		t.Error(err)
	}
	for what, err := range map[string]error{
		"document instances/100: rules/incus/processor: /config/limits.cores":             checkIncus(nil, instance("limits.cores"), tables),
		"option virtualisation.incus.preseed: rules/incus/pools: /storage_pools/0/driver": checkIncus(pools("rbd"), nil, tables),
	} {
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want %s", err, what)
		}
	}
}
