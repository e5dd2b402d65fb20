{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "0756f44a83056b383f5730e05ea41290cf0ec693b1a5b5e7158a76ae232685be\n";
}
