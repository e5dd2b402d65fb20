{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "a7b8ea3612ffc1cfa40f0fe0a6bebf2de53d16410618749115d85ca70bfab307\n";
}
