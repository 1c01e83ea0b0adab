/* SPDX-License-Identifier: Apache-2.0 */
/* Here the application will be. */
#include <string.h>

#include "board.h"

int main(void)
{
    lwcmp_board_begin();
    lwcmp_board_print(lwcmp_board_name, strlen(lwcmp_board_name));
    lwcmp_board_print("\n", 1);
    return 0;
}
