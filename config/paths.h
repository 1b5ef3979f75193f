#pragma once

/* Folders by the XDG base directory specification; a relative value of a variable is ignored, as it says.
 * The returned text is yours. Nothing is created. */
char *paths_config_file(void);  /* $XDG_CONFIG_HOME/kring/config.yaml */
char *paths_data_dir(void);     /* $XDG_DATA_HOME/kring */
/* "a/b" joined; yours. */
char *paths_join(const char *dir, const char *name);
/* The home folder: HOME, else the password file; never NULL. */
const char *paths_home(void);
