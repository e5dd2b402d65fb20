{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "d825cf4bf5cc028b6e350e5dc87df20afa321f9845c63447393af3ba797e2aeb\n";
}
