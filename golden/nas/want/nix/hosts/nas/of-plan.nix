{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "4e1b0b424a457d7d845121ebcb7033a3427d71bb3ffa39ffbde36e2bded6fcd4\n";
}
