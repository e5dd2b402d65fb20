{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "7d770b0f0950f9756bc1940870164b03c4bff4b65b27c6c23e8d811e749d5024\n";
}
