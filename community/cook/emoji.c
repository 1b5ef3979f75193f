#include <stdlib.h>
#include <string.h>

#include "cook_writer.h"
#include "mem.h"

/* The names Discourse gives to the emoji that people use most; others stay as they were typed. */
static const struct {
	const char *name, *character;
} emoji[] = {
	{"grinning", "😀"}, {"smiley", "😃"}, {"smile", "😄"}, {"grin", "😁"}, {"laughing", "😆"},
	{"sweat_smile", "😅"}, {"rofl", "🤣"}, {"joy", "😂"}, {"slight_smile", "🙂"},
	{"upside_down_face", "🙃"}, {"wink", "😉"}, {"blush", "😊"}, {"innocent", "😇"},
	{"smiling_face_with_three_hearts", "🥰"}, {"heart_eyes", "😍"}, {"star_struck", "🤩"},
	{"kissing_heart", "😘"}, {"relaxed", "☺️"}, {"yum", "😋"}, {"stuck_out_tongue", "😛"},
	{"stuck_out_tongue_winking_eye", "😜"}, {"zany_face", "🤪"}, {"hugs", "🤗"}, {"shushing_face", "🤫"},
	{"thinking", "🤔"}, {"zipper_mouth_face", "🤐"}, {"raised_eyebrow", "🤨"}, {"neutral_face", "😐"},
	{"expressionless", "😑"}, {"no_mouth", "😶"}, {"smirk", "😏"}, {"unamused", "😒"}, {"roll_eyes", "🙄"},
	{"grimacing", "😬"}, {"relieved", "😌"}, {"pensive", "😔"}, {"sleepy", "😪"}, {"sleeping", "😴"},
	{"mask", "😷"}, {"face_with_thermometer", "🤒"}, {"nerd_face", "🤓"}, {"sunglasses", "😎"},
	{"partying_face", "🥳"}, {"confused", "😕"}, {"worried", "😟"}, {"slightly_frowning_face", "🙁"},
	{"frowning", "☹️"}, {"open_mouth", "😮"}, {"hushed", "😯"}, {"astonished", "😲"}, {"flushed", "😳"},
	{"pleading_face", "🥺"}, {"cold_sweat", "😰"}, {"disappointed_relieved", "😥"}, {"cry", "😢"},
	{"sob", "😭"}, {"scream", "😱"}, {"confounded", "😖"}, {"persevere", "😣"}, {"disappointed", "😞"},
	{"sweat", "😓"}, {"weary", "😩"}, {"tired_face", "😫"}, {"yawning_face", "🥱"}, {"triumph", "😤"},
	{"rage", "😡"}, {"angry", "😠"}, {"exploding_head", "🤯"}, {"skull", "💀"}, {"poop", "💩"},
	{"ghost", "👻"}, {"robot", "🤖"}, {"see_no_evil", "🙈"}, {"hear_no_evil", "🙉"},
	{"speak_no_evil", "🙊"}, {"heart", "❤️"}, {"orange_heart", "🧡"}, {"yellow_heart", "💛"},
	{"green_heart", "💚"}, {"blue_heart", "💙"}, {"purple_heart", "💜"}, {"black_heart", "🖤"},
	{"white_heart", "🤍"}, {"broken_heart", "💔"}, {"two_hearts", "💕"}, {"sparkling_heart", "💖"},
	{"heartpulse", "💗"}, {"100", "💯"}, {"boom", "💥"}, {"dizzy", "💫"}, {"speech_balloon", "💬"},
	{"thought_balloon", "💭"}, {"zzz", "💤"}, {"wave", "👋"}, {"raised_hand", "✋"},
	{"vulcan_salute", "🖖"}, {"ok_hand", "👌"}, {"v", "✌️"}, {"crossed_fingers", "🤞"},
	{"love_you_gesture", "🤟"}, {"point_left", "👈"}, {"point_right", "👉"}, {"point_up_2", "👆"},
	{"point_down", "👇"}, {"+1", "👍"}, {"thumbsup", "👍"}, {"-1", "👎"}, {"thumbsdown", "👎"},
	{"fist", "✊"}, {"clap", "👏"}, {"raised_hands", "🙌"}, {"open_hands", "👐"}, {"handshake", "🤝"},
	{"pray", "🙏"}, {"writing_hand", "✍️"}, {"muscle", "💪"}, {"ear", "👂"}, {"eyes", "👀"},
	{"brain", "🧠"}, {"baby", "👶"}, {"woman", "👩"}, {"man", "👨"}, {"family", "👪"},
	{"busts_in_silhouette", "👥"}, {"walking", "🚶"}, {"running", "🏃"}, {"dancer", "💃"},
	{"people_hugging", "🫂"}, {"dog", "🐶"}, {"cat", "🐱"}, {"mouse", "🐭"}, {"rabbit", "🐰"},
	{"fox_face", "🦊"}, {"bear", "🐻"}, {"cow", "🐮"}, {"pig", "🐷"}, {"frog", "🐸"}, {"monkey", "🐒"},
	{"chicken", "🐔"}, {"penguin", "🐧"}, {"bird", "🐦"}, {"owl", "🦉"}, {"wolf", "🐺"}, {"horse", "🐴"},
	{"unicorn", "🦄"}, {"bee", "🐝"}, {"bug", "🐛"}, {"butterfly", "🦋"}, {"snail", "🐌"}, {"turtle", "🐢"},
	{"snake", "🐍"}, {"octopus", "🐙"}, {"fish", "🐟"}, {"whale", "🐳"}, {"elephant", "🐘"},
	{"hedgehog", "🦔"}, {"cactus", "🌵"}, {"christmas_tree", "🎄"}, {"evergreen_tree", "🌲"},
	{"deciduous_tree", "🌳"}, {"seedling", "🌱"}, {"herb", "🌿"}, {"four_leaf_clover", "🍀"},
	{"maple_leaf", "🍁"}, {"fallen_leaf", "🍂"}, {"mushroom", "🍄"}, {"tulip", "🌷"}, {"rose", "🌹"},
	{"sunflower", "🌻"}, {"blossom", "🌼"}, {"cherry_blossom", "🌸"}, {"bouquet", "💐"},
	{"earth_africa", "🌍"}, {"new_moon", "🌑"}, {"full_moon", "🌕"}, {"star", "⭐"}, {"star2", "🌟"},
	{"sparkles", "✨"}, {"zap", "⚡"}, {"fire", "🔥"}, {"sunny", "☀️"}, {"partly_sunny", "⛅"},
	{"cloud", "☁️"}, {"rainbow", "🌈"}, {"umbrella", "☔"}, {"snowflake", "❄️"}, {"snowman", "⛄"},
	{"ocean", "🌊"}, {"droplet", "💧"}, {"apple", "🍎"}, {"green_apple", "🍏"}, {"pear", "🍐"},
	{"banana", "🍌"}, {"strawberry", "🍓"}, {"cherries", "🍒"}, {"carrot", "🥕"}, {"bread", "🍞"},
	{"cheese", "🧀"}, {"egg", "🥚"}, {"pizza", "🍕"}, {"soup", "🍲"}, {"cookie", "🍪"}, {"cake", "🍰"},
	{"birthday", "🎂"}, {"chocolate_bar", "🍫"}, {"coffee", "☕"}, {"tea", "🍵"}, {"beer", "🍺"},
	{"beers", "🍻"}, {"wine_glass", "🍷"}, {"champagne", "🍾"}, {"tada", "🎉"}, {"confetti_ball", "🎊"},
	{"balloon", "🎈"}, {"gift", "🎁"}, {"trophy", "🏆"}, {"medal_sports", "🏅"}, {"soccer", "⚽"},
	{"art", "🎨"}, {"musical_note", "🎵"}, {"notes", "🎶"}, {"headphones", "🎧"}, {"guitar", "🎸"},
	{"microphone", "🎤"}, {"movie_camera", "🎥"}, {"camera", "📷"}, {"video_camera", "📹"},
	{"computer", "💻"}, {"desktop_computer", "🖥️"}, {"keyboard", "⌨️"}, {"phone", "☎️"},
	{"telephone_receiver", "📞"}, {"iphone", "📱"}, {"battery", "🔋"}, {"bulb", "💡"},
	{"flashlight", "🔦"}, {"candle", "🕯️"}, {"book", "📖"}, {"books", "📚"}, {"newspaper", "📰"},
	{"bookmark", "🔖"}, {"label", "🏷️"}, {"moneybag", "💰"}, {"euro", "💶"}, {"email", "📧"},
	{"envelope", "✉️"}, {"incoming_envelope", "📨"}, {"mailbox", "📫"}, {"package", "📦"},
	{"pencil2", "✏️"}, {"memo", "📝"}, {"pencil", "📝"}, {"briefcase", "💼"}, {"file_folder", "📁"},
	{"calendar", "📆"}, {"date", "📅"}, {"spiral_calendar", "🗓️"}, {"chart_with_upwards_trend", "📈"},
	{"bar_chart", "📊"}, {"clipboard", "📋"}, {"pushpin", "📌"}, {"round_pushpin", "📍"},
	{"paperclip", "📎"}, {"scissors", "✂️"}, {"lock", "🔒"}, {"unlock", "🔓"}, {"key", "🔑"},
	{"hammer", "🔨"}, {"wrench", "🔧"}, {"gear", "⚙️"}, {"link", "🔗"}, {"toolbox", "🧰"},
	{"microscope", "🔬"}, {"pill", "💊"}, {"hourglass", "⌛"}, {"hourglass_flowing_sand", "⏳"},
	{"watch", "⌚"}, {"alarm_clock", "⏰"}, {"stopwatch", "⏱️"}, {"clock3", "🕒"}, {"house", "🏠"},
	{"house_with_garden", "🏡"}, {"office", "🏢"}, {"tent", "⛺"}, {"car", "🚗"}, {"bus", "🚌"},
	{"train", "🚆"}, {"bike", "🚲"}, {"ship", "🚢"}, {"airplane", "✈️"}, {"rocket", "🚀"},
	{"construction", "🚧"}, {"world_map", "🗺️"}, {"warning", "⚠️"}, {"no_entry", "⛔"},
	{"stop_sign", "🛑"}, {"question", "❓"}, {"grey_question", "❔"}, {"exclamation", "❗"},
	{"heavy_exclamation_mark", "❗"}, {"bangbang", "‼️"}, {"white_check_mark", "✅"},
	{"heavy_check_mark", "✔️"}, {"ballot_box_with_check", "☑️"}, {"x", "❌"}, {"heavy_plus_sign", "➕"},
	{"heavy_minus_sign", "➖"}, {"arrow_right", "➡️"}, {"arrow_left", "⬅️"}, {"arrow_up", "⬆️"},
	{"arrow_down", "⬇️"}, {"arrows_counterclockwise", "🔄"}, {"information_source", "ℹ️"},
	{"recycle", "♻️"}, {"infinity", "♾️"}, {"loudspeaker", "📢"}, {"mega", "📣"}, {"bell", "🔔"},
	{"no_bell", "🔕"}, {"mute", "🔇"}, {"speaker", "🔈"}, {"mag", "🔍"}, {"red_circle", "🔴"},
	{"green_circle", "🟢"}, {"yellow_circle", "🟡"}, {"large_blue_circle", "🔵"}, {"white_circle", "⚪"},
	{"black_circle", "⚫"}, {"checkered_flag", "🏁"}, {"rainbow_flag", "🏳️‍🌈"}, {"wheelchair", "♿"},
	{"accessibility", "♿"}, {"puzzle_piece", "🧩"}, {"jigsaw", "🧩"}, {"thread", "🧵"}, {"yarn", "🧶"},
	{"teacup_without_handle", "🍵"}, {"compass", "🧭"}, {"mountain", "⛰️"}, {"beach_umbrella", "🏖️"},
	{"national_park", "🏞️"}, {"sunrise", "🌅"}, {"crescent_moon", "🌙"}, {"netherlands", "🇳🇱"},
	{"belgium", "🇧🇪"}, {"eu", "🇪🇺"},
};

static const struct {
	const char *face, *name;
} faces[] = {
	{":-)", "slight_smile"}, {":)", "slight_smile"}, {";-)", "wink"}, {";)", "wink"}, {":-(", "frowning"},
	{":(", "frowning"}, {":-D", "smiley"}, {":D", "smiley"}, {":-P", "stuck_out_tongue"},
		{":P", "stuck_out_tongue"},
	{":-O", "open_mouth"}, {":'(", "cry"},
};

const char *emoji_character(const char *name, size_t n)
{
	for (size_t i = 0; i < COUNT(emoji); i++) {
		if (strncmp(emoji[i].name, name, n) == 0 && emoji[i].name[n] == '\0')
			return emoji[i].character;
	}
	return NULL;
}

const char *emoji_name(const char *s, size_t *bytes)
{
	const char *best = NULL;
	*bytes = 0;
	if ((unsigned char)*s < 0xE2)
		return NULL;
	for (size_t i = 0; i < COUNT(emoji); i++) {
		size_t n = strlen(emoji[i].character);
		if (n > *bytes && strncmp(emoji[i].character, s, n) == 0) {
			best = emoji[i].name;
			*bytes = n;
		}
	}
	return best;
}

const char *emoji_of_face(const char *s, size_t *bytes)
{
	for (size_t i = 0; i < COUNT(faces); i++) {
		*bytes = strlen(faces[i].face);
		if (strncmp(s, faces[i].face, *bytes) == 0)
			return faces[i].name;
	}
	return NULL;
}
