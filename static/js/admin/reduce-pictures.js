/* Reduces large photographs before the upload: on a slow connection, an original takes minutes. Pages show no picture
   wider than 1,600 pixels. A user can choose to upload originals; the choice is kept. */

const { reduced, originals, sendOriginals, sendReduced, language } = document.querySelector("script[data-send-originals]").dataset;
const LONGEST = 2560; // pixels
const LARGE = 700_000; // bytes; smaller files are not reduced
const QUALITY = 0.85;
const PREFERENCE = "pictures:originals";
const ready = new WeakSet(); // inputs whose files are ready for upload

async function smaller(file) {
  if (file.type !== "image/jpeg" || file.size < LARGE) return file;
  try {
    const bitmap = await createImageBitmap(file); // applies the orientation
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, file.type, QUALITY));
    return blob?.size < file.size ? new File([blob], file.name, { type: file.type }) : file;
  } catch {
    return file; // the server reports the error
  }
}

function give(input, files) {
  const list = new DataTransfer();
  for (const file of files) list.items.add(file);
  input.files = list.files;
  ready.add(input);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function reduce(input, files) {
  const place = input.closest(".replace-file-input, .w-field__input") || input; // the uploader replaces its input
  const again = () => input.multiple || reduce(input, files); // a list of pictures has already been uploaded
  if (localStorage.getItem(PREFERENCE)) {
    give(input, files);
    show(place, originals, sendReduced, () => (localStorage.removeItem(PREFERENCE), again()));
    return;
  }
  const results = await Promise.all(files.map(smaller));
  give(input, results);
  if (results.every((result, index) => result === files[index])) return;
  const sizes = [files, results].map((list) => megabytes(list.reduce((sum, { size }) => sum + size, 0)));
  const text = reduced.replace("{before}", sizes[0]).replace("{after}", sizes[1]);
  show(place, text, sendOriginals, () => (localStorage.setItem(PREFERENCE, "yes"), again()));
}

function megabytes(bytes) {
  const style = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, style).format(bytes / 1e6);
}

function show(place, text, action, onPress) {
  place.parentNode.querySelector("[data-picture-note]")?.remove();
  const note = document.createElement("p");
  note.dataset.pictureNote = "";
  note.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = action;
  button.addEventListener("click", () => {
    note.remove();
    onPress();
  });
  note.append(text, " ", button);
  place.after(note);
}

function isForPictures(input) {
  return input?.matches?.("input[type=file][accept*='image/']");
}

document.addEventListener(
  "change",
  (event) => {
    const input = event.target;
    if (!isForPictures(input) || !input.files.length || ready.delete(input)) return;
    event.stopImmediatePropagation();
    reduce(input, [...input.files]);
  },
  true,
);

document.addEventListener(
  "drop",
  (event) => {
    const input = event.target.closest?.(".drop-zone")?.querySelector("input[type=file]");
    if (!isForPictures(input) || !event.dataTransfer.files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.closest(".drop-zone").classList.remove("hovered");
    reduce(input, [...event.dataTransfer.files]);
  },
  true,
);
