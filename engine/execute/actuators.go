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
	case plan.StageKernel:
		return stageKernelOf(a)
	case plan.ArmTrial:
		path, err := bootPathOf(a.Boot)
		return actuator(armTrial{path}), err
	case plan.SetDefault:
		path, err := bootPathOf(a.Boot)
		return actuator(setDefault{path}), err
	case plan.SaveFiles:
		return saveFiles(a), nil
	case plan.SavePartitions:
		return savePartitions(a), nil
	case plan.SaveVolumeGroup:
		return saveVolumeGroup(a), nil
	case plan.SavePool:
		return savePool(a), nil
	case plan.SaveDatabase:
		return saveDatabase(a), nil
	case plan.CreateRoot:
		return createRoot(a.Layout)
	case plan.CloneRoot:
		return cloneRoot(a.Clone)
	case plan.MountRoot:
		return actuator(mountRoot{a}), nil
	case plan.UnmountRoot:
		return actuator(unmountRoot{}), nil
	case plan.ImportClosure:
		return actuator(importClosure{}), nil
	case plan.InstallGuard:
		return actuator(installGuard{}), nil
	case plan.Reboot:
		return actuator(reboot{}), nil
	case plan.StartUnits:
		return actuator(startUnits{a}), nil
	case plan.StartJobs:
		return actuator(startJobs{startUnits{plan.StartUnits(a)}}), nil
	case plan.InstallPackages:
		return actuator(installPackages{a}), nil
	case plan.SetCephFlag:
		return actuator(setCephFlag{a}), nil
	case plan.EndCephFlag:
		return actuator(endCephFlag{a}), nil
	case plan.SetMaintenance:
		return actuator(setMaintenance{a}), nil
	case plan.CarryFiles:
		return actuator(carryFiles{a}), nil
	}
	return nil, fmt.Errorf("%s: nothing carries this out", a.Kind())
}
