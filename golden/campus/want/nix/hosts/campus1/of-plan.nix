{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "d3c4ae4aedb5cafd804a7f70519dc077e7551952b50cfdec96e5c2173c7f4e56\n";
}
