{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "6c5dacf6e548b350b7b24b5a8edb2bc3e02eb585fec440f3ac7d3b247d2ce298\n";
}
