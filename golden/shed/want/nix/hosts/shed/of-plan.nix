{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "b9431250f3b18003c762a8740ac7b288ca0d7bf8fcc35e3d042fbd1e7d620e0f\n";
}
