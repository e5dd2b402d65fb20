{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "5d94c5061749d53c28ffbb46a30667e3bb53bd3b5dff21ee5d9d48ef88416a1b\n";
}
