{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "007357af26c7aa7696e97ec7bfe441f4d71c10743898078bdb18d51116935cdb\n";
}
