package execute

import (
	"fmt"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// For returns the actuator of an action: the closed set of what this program does to a machine.
func For(a plan.Action) (Actuator, error) {
	switch a := a.(type) {
	case plan.StageBoot:
		path, err := bootPathOf(a.Boot)
		if err != nil {
			return nil, err
		}
		return actuator[bootState](path), nil
	case plan.ArmTrial:
		path, err := bootPathOf(a.Boot)
		return actuator(armTrial{path}), err
	case plan.SetDefault:
		path, err := bootPathOf(a.Boot)
		return actuator(setDefault{path}), err
	case plan.CarryFiles:
		return actuator(carryFiles{a}), nil
	}
	return nil, fmt.Errorf("%s: nothing carries this out", a.Kind())
}
