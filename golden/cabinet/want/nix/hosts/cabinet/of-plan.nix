{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f147d3523ae194619a457854ccb59ee89aa53eaa08a0b12660d1cb8bc2fd4472\n";
}
