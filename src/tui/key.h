/* Keys: a character, or one of these. */
#ifndef TUI_KEY_H
#define TUI_KEY_H

enum {
	KEY_NONE = -1,
	KEY_CTRL_BASE = 0x40, /* CTRL('A') is 1 */
	KEY_TAB = 9,
	KEY_RETURN = '\r',
	KEY_ESCAPE = 27,
	KEY_FIRST = 0x110000, /* beyond all characters */
	KEY_ARROW_UP = KEY_FIRST,
	KEY_ARROW_DOWN,
	KEY_ARROW_LEFT,
	KEY_ARROW_RIGHT,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_TO_START,
	KEY_TO_END,
	KEY_ERASE, /* backspace */
	KEY_DELETE,
	KEY_INSERT,
	KEY_TAB_BACK,
	KEY_WORD_LEFT, /* control or shift with an arrow */
	KEY_WORD_RIGHT,
	KEY_SIZE,  /* the screen has another size now */
	KEY_CLICK, /* the first button of the mouse; screen_clicked() says where */
	KEY_WHEEL_UP,
	KEY_WHEEL_DOWN,
	KEY_FUNCTION, /* F0; F1 is one more, up to F24; F13 is Shift-F1 on many keyboards */
	KEY_LAST = KEY_FUNCTION + 25,
};

#define CTRL(letter) ((letter)-KEY_CTRL_BASE)

#endif
